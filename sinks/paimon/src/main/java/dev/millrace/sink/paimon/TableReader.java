package dev.millrace.sink.paimon;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.spi.PipelineIdentity;
import dev.millrace.spi.Readable.Manifest;
import dev.millrace.spi.Readable.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.reader.RecordReaderIterator;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.ReadBuilder;

/** What the sink's tables and manifests hold, for people. */
final class TableReader {
    private final Warehouse warehouse;
    private final ConsistencyManifests manifests;

    TableReader(Warehouse warehouse, PipelineIdentity pipeline) {
        this.warehouse = warehouse;
        this.manifests = new ConsistencyManifests(new PipelineFolder(warehouse, pipeline), pipeline);
    }

    @SuppressWarnings("try") // close() declares Exception
    public Rows rows(TableId id, int limit, OptionalLong checkpoint) {
        FileStoreTable table = warehouse.table(id);
        List<List<Optional<String>>> cells = new ArrayList<>();
        if (checkpoint.isPresent()) {
            Optional<Long> snapshot = snapshot(id, checkpoint.getAsLong());
            if (snapshot.isEmpty()) {
                return new Rows(table.rowType().getFieldNames(), cells);
            }
            table = table.copy(
                    Map.of(CoreOptions.SCAN_SNAPSHOT_ID.key(), snapshot.get().toString()));
        }
        ReadBuilder read = table.newReadBuilder().withLimit(limit);
        try (RecordReaderIterator<InternalRow> rows = new RecordReaderIterator<>(
                read.newRead().createReader(read.newScan().plan()))) {
            while (cells.size() < limit && rows.hasNext()) {
                cells.add(CellText.of(rows.next(), table.rowType()));
            }
        } catch (Exception e) {
            throw Failure.during("reading " + table.fullName(), e);
        }
        return new Rows(table.rowType().getFieldNames(), cells);
    }

    public List<Manifest> manifests(int limit) {
        return new ArrayList<>(manifests.checkpoints().keySet())
                .reversed().stream()
                        .limit(limit)
                        .map(manifests::read)
                        .flatMap(Optional::stream)
                        .toList();
    }

    /** Empty for a table that had no row at that checkpoint. */
    private Optional<Long> snapshot(TableId table, long checkpoint) {
        if (manifests.read(checkpoint).isEmpty()) {
            SortedMap<Long, Instant> there = manifests.checkpoints();
            throw new MillraceException(
                    PaimonError.NOT_FOUND,
                    "There is no manifest of checkpoint " + checkpoint + "; "
                            + (there.isEmpty()
                                    ? "there is none at all."
                                    : "there are those from " + there.firstKey() + " to " + there.lastKey() + "."),
                    "Name a checkpoint that 'cdc status' lists.");
        }
        return Optional.ofNullable(manifests.snapshots(checkpoint).get(ConsistencyManifests.key(table)));
    }
}
