package dev.millrace.sink.paimon;

import dev.millrace.sink.paimon.StagedFiles.Pending;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.paimon.Snapshot;
import org.apache.paimon.codegen.CodeGenUtils;
import org.apache.paimon.codegen.Projection;
import org.apache.paimon.codegen.RecordComparator;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.serializer.InternalRowSerializer;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.predicate.PredicateBuilder;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.reader.RecordReaderIterator;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.types.RowType;

/**
 * Reads rows of the sink as this writer sees them: the table's newest snapshot with the files on top of it that the writer
 * has staged and that are not committed yet. One read serves all keys that are asked for: files and pages whose range of
 * keys holds none of them are skipped.
 */
final class CurrentRows {
    /** Up to so many values of the first key column are looked for one by one, more of them as one range. */
    private static final int MAX_VALUES = 100;

    private final TargetTable target;
    private final StagedFiles staged;
    private final InternalRowSerializer rows;

    CurrentRows(TargetTable target, StagedFiles staged) {
        this.target = target;
        this.staged = staged;
        this.rows = new InternalRowSerializer(target.rowType());
    }

    /** The rows that there are, by key. */
    @SuppressWarnings("try") // close() declares Exception
    Map<BinaryRow, InternalRow> read(BinaryRow partition, int bucket, List<BinaryRow> wanted) throws Exception {
        List<DataFileMeta> files = files(partition, bucket);
        Map<BinaryRow, InternalRow> found = new HashMap<>();
        if (files.isEmpty()) {
            return found;
        }
        Set<BinaryRow> searched = new HashSet<>(wanted);
        RecordReader<InternalRow> reader = target.table()
                .newRead()
                .withFilter(range(wanted))
                .createReader(DataSplit.builder()
                        .withSnapshot(Snapshot.FIRST_SNAPSHOT_ID)
                        .withPartition(partition)
                        .withBucket(bucket)
                        .withBucketPath(target.paths(partition, bucket).parent().toString())
                        .withTotalBuckets(target.table().coreOptions().bucket())
                        .withDataFiles(files)
                        .rawConvertible(false)
                        .isStreaming(false)
                        .build());
        Projection keyOf = CodeGenUtils.newProjection(target.rowType(), target.keyColumns());
        try (RecordReaderIterator<InternalRow> all = new RecordReaderIterator<>(reader)) {
            while (all.hasNext()) {
                InternalRow row = all.next();
                BinaryRow key = keyOf.apply(row);
                if (searched.contains(key)) {
                    found.put(key.copy(), rows.copy(row));
                }
            }
        }
        return found;
    }

    private List<DataFileMeta> files(BinaryRow partition, int bucket) {
        FileStoreTable table = target.table();
        // In this order: a commit in between leaves a staged file in both, the other order would leave it in neither.
        long newest = target.newestCommitted().orElse(Long.MIN_VALUE);
        Snapshot snapshot = table.snapshotManager().latestSnapshot();
        Pending pending = staged.pending(partition, bucket, newest);
        Map<String, DataFileMeta> files = new LinkedHashMap<>();
        if (snapshot != null && !pending.emptied()) {
            table.newSnapshotReader()
                    .withSnapshot(snapshot)
                    .withPartitionFilter(List.of(partition))
                    .withBucket(bucket)
                    .read()
                    .dataSplits()
                    .forEach(split -> split.dataFiles().forEach(file -> files.put(file.fileName(), file)));
        }
        pending.files().forEach(file -> files.putIfAbsent(file.fileName(), file));
        return List.copyOf(files.values());
    }

    private Predicate range(List<BinaryRow> wanted) {
        RowType keyType = target.rowType().project(target.keyColumns());
        InternalRow.FieldGetter first = InternalRow.createFieldGetter(keyType.getTypeAt(0), 0);
        PredicateBuilder predicates = new PredicateBuilder(target.rowType());
        Set<Object> values = new HashSet<>();
        BinaryRow least = wanted.getFirst();
        BinaryRow greatest = least;
        RecordComparator order = CodeGenUtils.newRecordComparator(keyType.getFieldTypes());
        for (BinaryRow key : wanted) {
            values.add(first.getFieldOrNull(key));
            least = order.compare(key, least) < 0 ? key : least;
            greatest = order.compare(key, greatest) > 0 ? key : greatest;
        }
        int column = target.keyColumns()[0];
        return values.size() <= MAX_VALUES
                ? predicates.in(column, new ArrayList<>(values))
                : predicates.between(column, first.getFieldOrNull(least), first.getFieldOrNull(greatest));
    }
}
