package dev.millrace.cli;

import dev.millrace.runtime.JobStatus;
import dev.millrace.spi.SourceProgress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a run is doing, in the figures that people ask for.
 *
 * @param rowsASecond  read, over the last seconds
 * @param bytesASecond read, over the last seconds
 * @param etaSeconds   until the snapshot is read; empty where there is none or nobody knows
 */
record Figures(JobStatus status, double rowsASecond, double bytesASecond, OptionalLong etaSeconds) {
    /** With rates over the whole run, for whoever sees only one status. */
    static Figures average(JobStatus status) {
        Figures totals = new Figures(status, 0, 0, OptionalLong.empty());
        double seconds = Math.max(1, totals.elapsed().toMillis()) / 1000.0;
        return new Figures(status, totals.rowsRead() / seconds, totals.bytesRead() / seconds, OptionalLong.empty());
    }

    long rowsRead() {
        return status.tables().stream()
                .mapToLong(JobStatus.TableCount::rowsRead)
                .sum();
    }

    long bytesRead() {
        return status.tables().stream()
                .mapToLong(JobStatus.TableCount::bytesRead)
                .sum();
    }

    long rowsCommitted() {
        return status.tables().stream()
                .mapToLong(JobStatus.TableCount::rowsCommitted)
                .sum();
    }

    Duration elapsed() {
        return Duration.between(status.startedAt(), status.at());
    }

    /** The one word for it. */
    String phase() {
        return switch (status.phase()) {
            case STARTING -> "starting";
            case RUNNING -> sourcePhase();
            case STOPPING -> "stopping";
            case RESTARTING -> "restarting";
            case FINISHED -> "finished";
            case STOPPED -> "stopped";
            case FAILED -> "failed";
        };
    }

    boolean isSnapshot() {
        return status.phase() == JobStatus.Phase.RUNNING && status.source().phase() == SourceProgress.Phase.SNAPSHOT;
    }

    /** Between 0 and 1; empty where the database has no estimate. */
    OptionalDouble snapshotShare() {
        SourceProgress source = status.source();
        return source.rowsExpected() > 0
                ? OptionalDouble.of(Math.min(1, (double) source.rowsRead() / source.rowsExpected()))
                : OptionalDouble.empty();
    }

    Map<String, Object> fields() {
        SourceProgress source = status.source();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("pipeline", status.pipeline());
        fields.put("phase", phase());
        fields.put("elapsedSeconds", elapsed().toSeconds());
        fields.put("tables", source.tables());
        fields.put("tablesDone", source.tablesDone());
        fields.put("snapshotRows", source.rowsRead());
        fields.put("snapshotRowsExpected", known(source.rowsExpected()));
        fields.put("etaSeconds", etaSeconds.isPresent() ? Optional.of(etaSeconds.getAsLong()) : Optional.empty());
        fields.put("rowsRead", rowsRead());
        fields.put("bytesRead", bytesRead());
        fields.put("rowsASecond", Math.round(rowsASecond));
        fields.put("bytesASecond", Math.round(bytesASecond));
        fields.put("rowsCommitted", rowsCommitted());
        fields.put("lagBytes", known(source.lagBytes()));
        fields.put("lagMillis", known(source.lagMicros() < 0 ? -1 : source.lagMicros() / 1000));
        fields.put("restarts", status.restarts());
        fields.put("lastError", status.lastError());
        fields.put("checkpoint", status.checkpoint().map(Figures::checkpoint));
        return fields;
    }

    static Map<String, Object> checkpoint(JobStatus.CheckpointStatus checkpoint) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", checkpoint.id());
        fields.put("committedAt", checkpoint.committedAt().toString());
        fields.put("durationMillis", checkpoint.duration().toMillis());
        fields.put("stateBytes", checkpoint.stateBytes());
        fields.put("sourcePosition", checkpoint.sourcePosition());
        fields.put("completeUpTo", Times.instant(checkpoint.completeMicros()).map(Object::toString));
        fields.put("consistent", checkpoint.consistent());
        return fields;
    }

    private String sourcePhase() {
        return switch (status.source().phase()) {
            case STARTING -> "starting";
            case SNAPSHOT -> "snapshot";
            case CATCHING_UP -> "catching up";
            case STREAMING -> "streaming";
        };
    }

    private static Optional<Long> known(long value) {
        return value < 0 ? Optional.empty() : Optional.of(value);
    }
}
