package dev.millrace.spi;

import java.util.List;

/**
 * A checkpoint to make visible.
 *
 * @param checkpointId   grows by one from checkpoint to checkpoint; signed with the pipeline's id it is unique for ever
 * @param committables   what the writers staged, in writer order
 * @param sourcePosition where the source stood, for people and manifests
 * @param completeMicros commit time up to which all tables are complete once this is visible; {@link
 *                       dev.millrace.model.Watermark#NONE} if nothing can be said
 * @param consistent     whether all tables then show one state of the source; false during the initial load
 */
public record CommitRequest(
        long checkpointId,
        List<Committable> committables,
        String sourcePosition,
        long completeMicros,
        boolean consistent) {
    public CommitRequest {
        committables = List.copyOf(committables);
    }
}
