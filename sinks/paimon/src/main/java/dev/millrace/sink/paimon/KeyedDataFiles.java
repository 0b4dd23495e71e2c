package dev.millrace.sink.paimon;

import dev.millrace.model.Operation;
import dev.millrace.sink.paimon.BucketSplitter.BucketRows;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.KeyValue;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.format.FileFormat;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.io.KeyValueFileWriterFactory;
import org.apache.paimon.io.RollingFileWriter;
import org.apache.paimon.manifest.FileSource;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.PrimaryKeyTableUtils;
import org.apache.paimon.types.RowKind;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.FileStorePathFactory;

/**
 * Files of a table with a key: rows sorted by key straight from the batches, one row a key, on level 0 of the bucket's
 * merge tree. Nothing is copied into Paimon's own sort buffer, and no bucket is bound to a writer: all rows of one key come
 * from the same writer, with rising numbers, which is all that merging needs.
 */
final class KeyedDataFiles implements DataFiles {
    private static final int LEVEL = 0;
    private final TargetTable target;
    private final CurrentRows current;
    private final RowType keyType;

    KeyedDataFiles(TargetTable target, CurrentRows current) {
        this.target = target;
        this.current = current;
        this.keyType = new RowType(PrimaryKeyTableUtils.PrimaryKeyFieldsExtractor.EXTRACTOR.keyFields(
                target.table().schema()));
    }

    @Override
    public List<DataFileMeta> write(RowBuffer buffer, BucketRows rows, CoreOptions options, long firstSequence)
            throws Exception {
        KeyOrder order = new KeyOrder(buffer, target.schema().columns(), target.keyColumns());
        int[] sorted = rows.positions();
        order.sort(sorted);
        RollingFileWriter<KeyValue, DataFileMeta> writer =
                writers(options, rows).createRollingMergeTreeFileWriter(LEVEL, FileSource.APPEND);
        try (writer) {
            if (!buffer.partial() && Gathering.pays(sorted, target.schema().columns())) {
                writeGathered(writer, buffer, new KeyGroups(order, sorted), firstSequence);
            } else {
                Completion completion = buffer.partial()
                        ? Completion.prepare(target, buffer, new KeyGroups(order, sorted), current, rows)
                        : Completion.NOT_NEEDED;
                writeInPlace(writer, buffer, new KeyGroups(order, sorted), completion, firstSequence);
            }
        } catch (Exception e) {
            writer.abort();
            throw e;
        }
        return writer.result();
    }

    private void writeInPlace(
            RollingFileWriter<KeyValue, DataFileMeta> writer,
            RowBuffer buffer,
            KeyGroups groups,
            Completion completion,
            long firstSequence)
            throws IOException {
        CellRow[] keys = buffer.batches().stream()
                .map(batch -> batch.select(target.keyColumns()))
                .toArray(CellRow[]::new);
        KeyValue entry = new KeyValue();
        while (groups.next()) {
            int last = groups.last();
            InternalRow value = completion.complete(buffer, groups);
            CellRow key = keys[buffer.batchOf(last)].at(buffer.rowOf(last));
            writer.write(entry.replace(key, firstSequence + last, kind(buffer, last), value));
        }
    }

    private void writeGathered(
            RollingFileWriter<KeyValue, DataFileMeta> writer, RowBuffer buffer, KeyGroups groups, long firstSequence)
            throws IOException {
        Gathering gathering = Gathering.of(buffer, target.schema().columns());
        int[] positions = new int[Gathering.ROWS];
        KeyValue entry = new KeyValue();
        int count;
        do {
            count = groups.nextLast(positions);
            CellRow value = gathering.gather(positions, count);
            CellRow key = value.select(target.keyColumns());
            for (int i = 0; i < count; i++) {
                int position = positions[i];
                writer.write(entry.replace(key.at(i), firstSequence + position, kind(buffer, position), value.at(i)));
            }
        } while (count == positions.length);
    }

    private static RowKind kind(RowBuffer buffer, int position) {
        if (buffer.is(Operation.DELETE, position)) {
            return RowKind.DELETE;
        }
        return buffer.is(Operation.INSERT, position) ? RowKind.INSERT : RowKind.UPDATE_AFTER;
    }

    private KeyValueFileWriterFactory writers(CoreOptions options, BucketRows rows) {
        TableSchema schema = target.table().schema();
        return KeyValueFileWriterFactory.builder(
                        target.table().fileIO(),
                        schema.id(),
                        keyType,
                        schema.logicalRowType(),
                        FileFormat.fileFormat(options),
                        this::paths,
                        options.targetFileSize(true))
                .build(rows.partition(), rows.bucket(), options);
    }

    private FileStorePathFactory paths(String format) {
        return format.equals(target.table().coreOptions().fileFormatString())
                ? target.table().store().pathFactory()
                : target.table()
                        .copy(Map.of(CoreOptions.FILE_FORMAT.key(), format))
                        .store()
                        .pathFactory();
    }
}
