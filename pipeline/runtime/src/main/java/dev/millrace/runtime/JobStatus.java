package dev.millrace.runtime;

import dev.millrace.schema.TableId;
import dev.millrace.spi.SourceProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a job is doing, for people and metrics. Immutable.
 *
 * @param at         when this was gathered
 * @param startedAt  when the job started, restarts not counted
 * @param tables     every table that was read or committed since then, by name in the sink, sorted
 * @param channels   the channel of each writer
 * @param checkpoint the newest committed one
 * @param restarts   since the job started
 * @param lastError  the error that made it restart last, or end
 */
public record JobStatus(
        String pipeline,
        Phase phase,
        Instant at,
        Instant startedAt,
        SourceProgress source,
        List<TableCount> tables,
        List<ChannelFill> channels,
        Optional<CheckpointStatus> checkpoint,
        int restarts,
        Optional<String> lastError) {
    public JobStatus {
        tables = List.copyOf(tables);
        channels = List.copyOf(channels);
    }

    public enum Phase {
        /** Opening both ends and recovering from the last checkpoint. */
        STARTING,
        RUNNING,
        /** On the way to a last checkpoint. */
        STOPPING,
        /** Waiting before the next attempt. */
        RESTARTING,
        FINISHED,
        STOPPED,
        FAILED
    }

    /** The same under another phase, at a later time. */
    public JobStatus in(Phase other, Instant when) {
        return new JobStatus(
                pipeline, other, when, startedAt, source, tables, channels, checkpoint, restarts, lastError);
    }

    /** The same with what the job went through. */
    public JobStatus after(Instant jobStartedAt, int restartsSoFar, Optional<String> error) {
        return new JobStatus(
                pipeline, phase, at, jobStartedAt, source, tables, channels, checkpoint, restartsSoFar, error);
    }

    /** Rows and bytes of heap that passed since the job started. After a restart rows are read again, and counted again. */
    public record TableCount(TableId table, long rowsRead, long bytesRead, long rowsCommitted, long bytesCommitted) {}

    public record ChannelFill(long bytes, long capacity) {}

    /**
     * A committed checkpoint.
     *
     * @param committedAt    when it had become visible
     * @param duration       from the request to the readers until then
     * @param stateBytes     size of the checkpoint itself
     * @param sourcePosition where the source stood
     * @param completeMicros commit time up to which all tables are complete; {@link dev.millrace.model.Watermark#NONE}
     *                       where nothing can be said
     * @param consistent     whether all tables show one state of the source
     */
    public record CheckpointStatus(
            long id,
            Instant committedAt,
            Duration duration,
            long stateBytes,
            String sourcePosition,
            long completeMicros,
            boolean consistent) {}
}
