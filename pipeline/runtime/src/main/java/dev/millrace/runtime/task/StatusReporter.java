package dev.millrace.runtime.task;

import dev.millrace.runtime.JobClock;
import dev.millrace.runtime.JobStatus;
import dev.millrace.runtime.checkpoint.Checkpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells a listener now and then what the job is doing. Confined to the coordinator's thread. */
final class StatusReporter {
    private static final long INTERVAL_NANOS = Duration.ofMillis(500).toNanos();

    private final JobParts parts;
    private final Consumer<JobStatus> listener;
    private final JobClock clock;
    private final Instant startedAt;
    private JobStatus.Phase phase = JobStatus.Phase.STARTING;
    private Optional<JobStatus.CheckpointStatus> checkpoint = Optional.empty();
    private long reportedAt;

    StatusReporter(JobParts parts, Consumer<JobStatus> listener) {
        this.parts = parts;
        this.listener = listener;
        this.clock = parts.clock();
        this.startedAt = clock.instant();
        this.reportedAt = clock.nanoTime() - INTERVAL_NANOS;
    }

    void enter(JobStatus.Phase next) {
        if (phase != next) {
            phase = next;
            report();
        }
    }

    void recovered(Checkpoint from) {
        checkpoint = Optional.of(statusOf(from, from.takenAt(), Duration.ZERO, 0));
    }

    void committed(Checkpoint committed, Duration duration, long stateBytes) {
        checkpoint = Optional.of(statusOf(committed, clock.instant(), duration, stateBytes));
        report();
    }

    private static JobStatus.CheckpointStatus statusOf(
            Checkpoint checkpoint, Instant at, Duration duration, long stateBytes) {
        return new JobStatus.CheckpointStatus(
                checkpoint.id(),
                at,
                duration,
                stateBytes,
                checkpoint.commit().sourcePosition(),
                checkpoint.commit().completeMicros(),
                checkpoint.commit().consistent());
    }

    void reportIfDue() {
        if (clock.nanoTime() - reportedAt >= INTERVAL_NANOS) {
            report();
        }
    }

    private void report() {
        reportedAt = clock.nanoTime();
        listener.accept(new JobStatus(
                parts.spec().name(),
                phase,
                clock.instant(),
                startedAt,
                parts.source().progress(),
                parts.board().counts(),
                parts.channels().all().stream()
                        .map(channel -> new JobStatus.ChannelFill(channel.bytes(), channel.capacity()))
                        .toList(),
                checkpoint,
                0,
                Optional.empty()));
    }
}
