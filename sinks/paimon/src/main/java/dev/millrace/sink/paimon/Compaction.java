package dev.millrace.sink.paimon;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.append.AppendCompactCoordinator;
import org.apache.paimon.append.AppendCompactTask;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.manifest.BucketEntry;
import org.apache.paimon.operation.BaseAppendFileStoreWrite;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;
import org.apache.paimon.table.sink.TableCommitImpl;
import org.apache.paimon.table.sink.TableWriteImpl;
import org.apache.paimon.table.source.EndOfScanException;

/**
 * Merges the small files of a table into larger ones, in a snapshot of its own that shows the same rows. Writers never wait
 * for it: they only ever add files. Where a truncation overtakes it, Paimon refuses its commit and nothing has happened.
 */
final class Compaction {
    /** More sorted files than this are first merged into one on disk: open readers cost memory. */
    private static final String MOST_OPEN_FILES = "24";

    private static final String ROW_GROUP = "32 mb";
    /** A checkpoint may take the snapshot's number first, more than once; later there is another time. */
    private static final String MOST_RETRIES = "4";

    private final Signature signature;
    private final IOManager spill;
    private final CommitGate gate;

    Compaction(Signature signature, IOManager spill, CommitGate gate) {
        this.signature = signature;
        this.spill = spill;
        this.gate = gate;
    }

    /** Merges what Paimon's strategy finds worth merging. @return whether there is a new snapshot */
    @SuppressWarnings("try") // close() declares Exception
    boolean run(FileStoreTable found) throws Exception {
        Map<String, String> options = new HashMap<>();
        options.put(CoreOptions.WRITE_ONLY.key(), "false");
        options.put(CoreOptions.DATA_FILE_PREFIX.key(), signature.filePrefix());
        options.put(CoreOptions.SORT_SPILL_THRESHOLD.key(), MOST_OPEN_FILES);
        if (!found.options().containsKey(CoreOptions.FILE_BLOCK_SIZE.key())) {
            options.put(CoreOptions.FILE_BLOCK_SIZE.key(), ROW_GROUP);
        }
        FileStoreTable table = found.copy(options);
        List<CommitMessage> merged =
                table.primaryKeys().isEmpty() && table.coreOptions().bucket() < 0
                        ? mergeAppended(table)
                        : mergeBuckets(table);
        List<CommitMessage> changed =
                merged.stream().filter(message -> !isEmpty(message)).toList();
        if (changed.isEmpty()) {
            return false;
        }
        FileStoreTable guarded = gate.guard(found)
                .copy(Map.of(CoreOptions.WRITE_ONLY.key(), "true", CoreOptions.COMMIT_MAX_RETRIES.key(), MOST_RETRIES));
        try (TableCommitImpl commit = guarded.newCommit(signature.maintenanceUser())) {
            commit.commit(BatchWriteBuilder.COMMIT_IDENTIFIER, changed);
        }
        return true;
    }

    @SuppressWarnings("try") // close() declares Exception
    private List<CommitMessage> mergeBuckets(FileStoreTable table) throws Exception {
        try (TableWriteImpl<?> write = table.newWrite(signature.maintenanceUser())) {
            write.withIOManager(spill);
            for (BucketEntry bucket : table.newSnapshotReader().bucketEntries()) {
                if (bucket.fileCount() > 1) {
                    write.compact(bucket.partition(), bucket.bucket(), false);
                }
            }
            return write.prepareCommit(true, BatchWriteBuilder.COMMIT_IDENTIFIER);
        }
    }

    private List<CommitMessage> mergeAppended(FileStoreTable table) throws Exception {
        List<CommitMessage> merged = new ArrayList<>();
        BaseAppendFileStoreWrite write =
                (BaseAppendFileStoreWrite) table.store().newWrite(signature.maintenanceUser());
        try {
            for (AppendCompactTask task : new AppendCompactCoordinator(table, false).run()) {
                merged.add(task.doCompact(table, write));
            }
        } catch (EndOfScanException e) {
            // The coordinator's way to say that there are no files.
            return List.of();
        } finally {
            write.close();
        }
        return merged;
    }

    private static boolean isEmpty(CommitMessage message) {
        return message instanceof CommitMessageImpl files && files.isEmpty();
    }
}
