package dev.millrace.sink.paimon;

import dev.millrace.model.Watermark;
import dev.millrace.spi.CommitRequest;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.manifest.ManifestCommittable;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.TableCommitImpl;

/** A table as the committer sees it: what it shows, and how it is moved on by one checkpoint, in one snapshot. */
final class CommitTarget {
    static final long NO_SNAPSHOT = -1;
    /** A merge may take the snapshot's number first, once or twice; what fails more often is for the engine to know. */
    private static final String MOST_RETRIES = "4";

    private final FileStoreTable original;
    private final FileStoreTable table;
    private final Signature signature;
    private long snapshot;

    CommitTarget(FileStoreTable found, Signature signature) {
        this.original = found;
        // Write-only: no expiration and no compaction happen within a commit; the maintenance does both.
        this.table = found.copy(Map.of(
                CoreOptions.WRITE_ONLY.key(), "true",
                CoreOptions.COMMIT_MAX_RETRIES.key(), MOST_RETRIES,
                CoreOptions.DYNAMIC_PARTITION_OVERWRITE.key(), "false"));
        this.signature = signature;
        this.snapshot = latestSnapshot();
    }

    /** The table with its own options. */
    FileStoreTable table() {
        return original;
    }

    /** The newest checkpoint of this pipeline that the table shows, looked up in the table at each call. */
    OptionalLong newestCommitted() {
        try {
            return signature.newestCommitted(table.snapshotManager());
        } catch (RuntimeException e) {
            throw Failure.during("looking at what " + table.fullName() + " shows", e);
        }
    }

    /** The table's newest snapshot when this pipeline last committed to it; -1 for none. */
    long snapshot() {
        return snapshot;
    }

    /**
     * Makes what the writers have staged visible in one step.
     *
     * @return false, and nothing done, where the table shows it already
     */
    @SuppressWarnings("try") // close() declares Exception
    boolean commit(CommitRequest request, List<StagedOutput> staged) {
        // Looked at anew: another run may have taken over, and finished this checkpoint, while this one was suspended.
        OptionalLong shown = newestCommitted();
        if (shown.isPresent() && shown.getAsLong() >= request.checkpointId()) {
            return false;
        }
        Long watermark = request.completeMicros() == Watermark.NONE ? null : request.completeMicros() / 1000;
        ManifestCommittable committable = new ManifestCommittable(request.checkpointId(), watermark);
        committable.addProperty("millrace.source-position", request.sourcePosition());
        for (StagedOutput output : staged) {
            for (CommitMessage message : output.messages()) {
                committable.addFileCommittable(message);
            }
        }
        boolean truncated = staged.stream().anyMatch(StagedOutput::truncated);
        try (TableCommitImpl commit = table.newCommit(signature.commitUser())) {
            if (truncated) {
                commit.withOverwrite(Map.of());
            }
            commit.commit(committable);
        } catch (Exception e) {
            throw Failure.duringCommit(
                    "committing checkpoint " + request.checkpointId() + " to " + table.fullName(), e);
        }
        snapshot = latestSnapshot();
        return true;
    }

    /** Empties the table outside of any checkpoint. */
    @SuppressWarnings("try") // close() declares Exception
    void truncate() {
        if (snapshot == NO_SNAPSHOT) {
            return;
        }
        try (TableCommitImpl commit = table.newCommit(signature.maintenanceUser())) {
            commit.truncateTable();
        } catch (Exception e) {
            throw Failure.duringCommit("emptying " + table.fullName(), e);
        }
        snapshot = latestSnapshot();
    }

    private long latestSnapshot() {
        Long latest = table.snapshotManager().latestSnapshotId();
        return latest == null ? NO_SNAPSHOT : latest;
    }
}
