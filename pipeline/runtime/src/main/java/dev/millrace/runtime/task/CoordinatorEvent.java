package dev.millrace.runtime.task;

import dev.millrace.runtime.checkpoint.Checkpoint;
import dev.millrace.schema.TableId;
import dev.millrace.spi.Committable;
import dev.millrace.spi.ReaderPosition;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the other tasks tell the coordinator. */
sealed interface CoordinatorEvent {
    /** The sink shows this checkpoint, or nothing, and earlier remains are gone. */
    record Recovered(Optional<Checkpoint> from) implements CoordinatorEvent {}

    /** The opening changes are applied. */
    record Applied() implements CoordinatorEvent {}

    /** A reader has no split and wants one. */
    record SplitWanted(int reader) implements CoordinatorEvent {}

    record SplitFinished(int reader, ReaderPosition last) implements CoordinatorEvent {}

    /**
     * A reader stands at a boundary and emits nothing until it is told to go on.
     *
     * @param position where it stands, or stood when it finished its last split; empty if it never had one
     * @param reading  whether it holds a split
     * @param emitted  whether it has emitted anything since it stood last
     */
    record Standing(int reader, Optional<ReaderPosition> position, boolean reading, boolean emitted)
            implements CoordinatorEvent {}

    /** A writer has staged all that came before the barrier. */
    record Prepared(int writer, List<Committable> committables, Map<TableId, RowCount> counts, long watermarkMicros)
            implements CoordinatorEvent {}

    record Committed(Checkpoint checkpoint, long stateBytes) implements CoordinatorEvent {}
}
