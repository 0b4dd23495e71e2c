package dev.millrace.sink.paimon;

import dev.millrace.spi.PipelineIdentity;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.paimon.Snapshot;
import org.apache.paimon.utils.SnapshotManager;

/**
 * How a pipeline marks what is its own in tables that others may write to as well.
 *
 * @param commitUser     signs the snapshots of checkpoints; their identifier is the checkpoint's id
 * @param maintenanceUser signs compactions and truncations before the first row, which belong to no checkpoint
 * @param filePrefix     what the names of the pipeline's data files begin with
 */
record Signature(String commitUser, String maintenanceUser, String filePrefix) {
    static Signature of(PaimonSettings settings, PipelineIdentity pipeline) {
        String id = pipeline.id().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        String user = settings.commitUser() + "-" + pipeline.id();
        return new Signature(user, user + "-maintenance", "data-" + id + "-");
    }

    OptionalLong newestCommitted(SnapshotManager snapshots) {
        return snapshots
                .latestSnapshotOfUser(commitUser)
                .map(Snapshot::commitIdentifier)
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }
}
