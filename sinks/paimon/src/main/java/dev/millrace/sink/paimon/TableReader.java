package dev.millrace.sink.paimon;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.spi.PipelineIdentity;
import dev.millrace.spi.Readable.Field;
import dev.millrace.spi.Readable.Manifest;
import dev.millrace.spi.Readable.Receiver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.RowType;

/** What the sink's tables and manifests hold, for people. */
final class TableReader {
    private final Warehouse warehouse;
    private final ConsistencyManifests manifests;

    TableReader(Warehouse warehouse, PipelineIdentity pipeline) {
        this.warehouse = warehouse;
        this.manifests = new ConsistencyManifests(new PipelineFolder(warehouse, pipeline), pipeline);
    }

    void read(TableId id, int limit, OptionalLong checkpoint, Receiver receiver) {
        refuseUnusableName(id);
        FileStoreTable table = warehouse.table(id);
        RowType type = table.rowType();
        Optional<Long> snapshot = checkpoint.isPresent() ? snapshot(id, checkpoint.getAsLong()) : Optional.empty();
        receiver.begin(type.getFields().stream()
                .map(field -> new Field(field.name(), CellText.isNested(field.type())))
                .toList());
        if (checkpoint.isPresent() && snapshot.isEmpty()) {
            return;
        }
        Map<String, String> scan = snapshot.map(s -> Map.of(CoreOptions.SCAN_SNAPSHOT_ID.key(), s.toString()))
                .orElse(Map.of());
        CellText text = new CellText(type);
        // What the receiver throws is not the warehouse's failure.
        try (OpenRows rows = OpenRows.of(table.copy(scan), limit)) {
            for (int i = 0; i < limit && rows.hasNext(); i++) {
                receiver.row(text.of(rows.next()));
            }
        }
    }

    /** A name that could lead out of the table's folder, or to Paimon's own tables. */
    private static void refuseUnusableName(TableId id) {
        Identifier name = Warehouse.identifier(id);
        if (TableDefinition.isUnusable(name.getDatabaseName()) || TableDefinition.isUnusable(name.getObjectName())) {
            throw new MillraceException(
                    PaimonError.NOT_FOUND,
                    "'" + id + "' can't be the name of a table here.",
                    "Name a table that 'cdc manifest' lists.");
        }
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
                    "Name one of those; 'cdc manifest' with --limit lists them.");
        }
        return Optional.ofNullable(manifests.snapshots(checkpoint).get(ConsistencyManifests.key(table)));
    }
}
