package dev.millrace.sink.paimon;

import dev.millrace.schema.TableId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.table.ExpireSnapshotsImpl;
import org.apache.paimon.table.FileStoreTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work on the tables that nobody waits for: merging files, and expiring snapshots that no manifest names any more. The
 * committer's thread says what there is to do and takes note of what was done; {@link #doNext} is called by one other
 * thread. What fails is left as it was and tried again after a later commit.
 */
final class Maintenance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
    /** A table is looked at after this many new files; during the initial load, when little overlaps, after more. */
    private static final int FILES_BEFORE_MERGE = 5;

    private static final int FILES_BEFORE_MERGE_IN_LOAD = 20;
    /** Snapshots are removed in groups, not one by one. */
    private static final int SNAPSHOTS_AT_ONCE = 10;

    private final CommitGate gate = new CommitGate();
    private final Compaction compaction;
    private final IOManager spill;
    private final Map<TableId, Integer> newFiles = new HashMap<>();
    private final LinkedBlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
    private final ConcurrentMap<TableId, Long> snapshots = new ConcurrentHashMap<>();
    private volatile boolean stopped;
    private volatile boolean givenUp;

    Maintenance(Signature signature, String spillFolder) {
        this.spill = IOManager.create(spillFolder);
        this.compaction = new Compaction(signature, spill, gate);
    }

    /** What is to be done with a table. */
    private sealed interface Task {}

    /** Wakes up whoever waits for a task. */
    private record Nothing() implements Task {}

    private record Merge(TableId id, FileStoreTable table) implements Task {
        @Override
        public String toString() {
            return "merging files of " + id;
        }
    }

    private record Expire(FileStoreTable table, long oldestNamed) implements Task {
        @Override
        public String toString() {
            return "expiring snapshots of " + table.fullName();
        }
    }

    /** New files have become visible. The first ones since the start count as many: nobody knows what was there before. */
    void filesAdded(TableId id, FileStoreTable table, int files, boolean initialLoad) {
        int most = initialLoad ? FILES_BEFORE_MERGE_IN_LOAD : FILES_BEFORE_MERGE;
        int waiting = newFiles.getOrDefault(id, FILES_BEFORE_MERGE) + files;
        if (waiting >= most) {
            newFiles.put(id, 0);
            tasks.add(new Merge(id, table));
        } else {
            newFiles.put(id, waiting);
        }
    }

    /** No manifest names a snapshot of the table before this one any more. */
    void noLongerNamed(FileStoreTable table, long oldestNamed) {
        tasks.add(new Expire(table, oldestNamed));
    }

    /** The newest snapshot that a merge has made, which shows what the one before it shows. */
    Optional<Long> mergedSnapshot(TableId id) {
        return Optional.ofNullable(snapshots.get(id));
    }

    /** Waits for a task and does it. @return false after {@link #stop} */
    boolean doNext() throws InterruptedException {
        Task task = tasks.take();
        if (!stopped) {
            perform(task);
        }
        return !stopped;
    }

    /**
     * Nothing more is begun, and nothing becomes visible any more. Called by any thread.
     *
     * @return false where a snapshot was just becoming visible, and it is not known whether it has
     */
    boolean stop(Duration patience) {
        stopped = true;
        tasks.add(new Nothing());
        return gate.close(patience);
    }

    /** Whether a merge was broken off, which leaves files that no snapshot names. */
    boolean hasGivenUp() {
        return givenUp;
    }

    /** Does what waits. */
    void doAll() throws InterruptedException {
        for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
            perform(task);
        }
    }

    private void perform(Task task) throws InterruptedException {
        try {
            switch (task) {
                case Merge merge -> merge(merge);
                case Expire expire -> expire(expire);
                case Nothing nothing -> {}
            }
        } catch (InterruptedException e) {
            givenUp = true;
            throw e;
        } catch (Exception e) {
            givenUp = true;
            if (!stopped) {
                LOG.warn("Left undone until a later commit: {}, because of {}", task, e.toString());
            }
        }
    }

    private void merge(Merge task) throws Exception {
        if (compaction.run(task.table)) {
            Long latest = task.table.snapshotManager().latestSnapshotId();
            if (latest != null) {
                snapshots.put(task.id, latest);
            }
        }
    }

    private static void expire(Expire task) {
        Long earliest = task.table.snapshotManager().earliestSnapshotId();
        if (earliest != null && task.oldestNamed - earliest >= SNAPSHOTS_AT_ONCE) {
            ((ExpireSnapshotsImpl) task.table.newExpireSnapshots()).expireUntil(earliest, task.oldestNamed);
        }
    }

    @Override
    public void close() {
        try {
            spill.close();
        } catch (Exception e) {
            throw Failure.during("removing the spill files of compactions", e);
        }
    }
}
