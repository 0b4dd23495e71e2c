package dev.millrace.runtime.task;

import dev.millrace.runtime.checkpoint.Checkpoint;
import dev.millrace.schema.SchemaChange;
import java.util.List;

/** What the coordinator tells the committer. */
sealed interface CommitterCommand {
    record Apply(List<SchemaChange> changes) implements CommitterCommand {}

    record SaveAndCommit(Checkpoint checkpoint) implements CommitterCommand {}
}
