package dev.millrace.sink.paimon;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.io.CompactIncrement;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.io.DataIncrement;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;

/** What one writer has staged for one table: since the last barrier, and in checkpoints that may not be committed yet. */
final class StagedFiles {
    private static final int MAX_UNCONFIRMED = 4;
    private final TargetTable target;
    private final Map<Bucket, List<DataFileMeta>> open = new LinkedHashMap<>();
    private final Deque<Prepared> prepared = new ArrayDeque<>();
    private boolean truncated;

    StagedFiles(TargetTable target) {
        this.target = target;
    }

    void add(BinaryRow partition, int bucket, List<DataFileMeta> files) {
        open.computeIfAbsent(new Bucket(partition, bucket), place -> new ArrayList<>())
                .addAll(files);
    }

    /** Forgets and deletes what was staged since the last barrier; the table begins empty. */
    void truncate() {
        deleteOpen();
        truncated = true;
    }

    void deleteOpen() {
        open.forEach((place, files) -> target.delete(place.partition, place.bucket, files));
        open.clear();
    }

    boolean isEmpty() {
        return open.isEmpty() && !truncated;
    }

    /** Hands over what was staged since the last barrier. */
    StagedOutput prepare(long checkpointId) {
        int buckets = target.table().coreOptions().bucket();
        List<CommitMessage> messages = new ArrayList<>();
        open.forEach((place, files) -> messages.add(new CommitMessageImpl(
                place.partition,
                place.bucket,
                buckets,
                new DataIncrement(List.copyOf(files), List.of(), List.of()),
                CompactIncrement.emptyIncrement())));
        StagedOutput output = new StagedOutput(truncated, messages);
        prepared.addLast(new Prepared(checkpointId, truncated, Map.copyOf(open)));
        if (prepared.size() > MAX_UNCONFIRMED) {
            forgetUpTo(newestCommitted());
        }
        open.clear();
        truncated = false;
        return output;
    }

    /** Files of this bucket that the table's snapshots do not hold yet, given the newest checkpoint that they hold. */
    Pending pending(BinaryRow partition, int bucket, long newestCommitted) {
        forgetUpTo(newestCommitted);
        Bucket place = new Bucket(partition, bucket);
        List<DataFileMeta> files = new ArrayList<>();
        boolean emptied = false;
        for (Prepared each : prepared) {
            if (each.truncated) {
                files.clear();
                emptied = true;
            }
            files.addAll(each.files.getOrDefault(place, List.of()));
        }
        if (truncated) {
            files.clear();
            emptied = true;
        }
        files.addAll(open.getOrDefault(place, List.of()));
        return new Pending(emptied, files);
    }

    private long newestCommitted() {
        return target.newestCommitted().orElse(Long.MIN_VALUE);
    }

    private void forgetUpTo(long checkpointId) {
        while (!prepared.isEmpty() && prepared.peekFirst().checkpointId <= checkpointId) {
            prepared.removeFirst();
        }
    }

    /** @param emptied whether what the table's snapshot holds no longer counts */
    record Pending(boolean emptied, List<DataFileMeta> files) {}

    private record Bucket(BinaryRow partition, int bucket) {}

    private record Prepared(long checkpointId, boolean truncated, Map<Bucket, List<DataFileMeta>> files) {}
}
