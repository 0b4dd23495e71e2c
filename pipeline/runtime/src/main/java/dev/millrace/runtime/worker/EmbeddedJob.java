package dev.millrace.runtime.worker;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.runtime.JobEnvironment;
import dev.millrace.runtime.JobOutcome;
import dev.millrace.runtime.JobSpec;
import dev.millrace.runtime.JobStatus;
import dev.millrace.runtime.RuntimeCode;
import dev.millrace.runtime.task.JobRun;
import dev.millrace.runtime.task.RunControl;
import dev.millrace.runtime.task.StatusBoard;
import dev.millrace.spi.SourceProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pipeline that runs in this process, and starts again after failures that a restart may mend. Runs once. */
public final class EmbeddedJob {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedJob.class);
    private static final Duration RENEWAL = Duration.ofSeconds(5);

    private final JobSpec spec;
    private final JobEnvironment environment;
    private final Consumer<JobStatus> listener;
    private final Backoff backoff;
    private final StatusBoard board = new StatusBoard();
    private final Instant startedAt;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile JobStatus status;
    private final AtomicInteger restarts = new AtomicInteger();
    private volatile Optional<String> lastError = Optional.empty();

    /**
     * @param listener told every half second or so what the job does, by the job's threads; must not block for long
     */
    public EmbeddedJob(JobSpec spec, JobEnvironment environment, Consumer<JobStatus> listener) {
        this.spec = spec;
        this.environment = environment;
        this.listener = listener;
        this.backoff = new Backoff(spec.settings().restarts(), environment.clock(), environment.random());
        this.startedAt = environment.clock().instant();
        this.status = notStarted(startedAt);
    }

    /**
     * Runs the job on this and further threads until it ends.
     *
     * @throws MillraceException where it fails for good; the state is that of the last checkpoint
     * @throws InterruptedException where the calling thread is interrupted; the job has ended as in a crash
     */
    public JobOutcome run() throws InterruptedException {
        while (true) {
            long checkpointBefore = newestCheckpoint();
            RunControl.End end = runOnce();
            switch (end) {
                case RunControl.End.Of ended -> {
                    return finish(ended.outcome());
                }
                case RunControl.End.Failed failed -> {
                    Optional<JobOutcome> outcome =
                            pauseAfter(classify(failed.failure()), newestCheckpoint() > checkpointBefore);
                    if (outcome.isPresent()) {
                        return finish(outcome.get());
                    }
                }
            }
        }
    }

    /** Asks for a last checkpoint and the end after it; returns at once. Called by any thread, any number of times. */
    public void stop() {
        stop.countDown();
    }

    /** What the job does. Called by any thread at any time. */
    public JobStatus status() {
        return status;
    }

    private RunControl.End runOnce() throws InterruptedException {
        JobRun run;
        try {
            run = JobRun.start(spec, environment, board, this::publish);
        } catch (RuntimeException failure) {
            return new RunControl.End.Failed(failure);
        }
        try (run) {
            return new Supervisor(spec, run, stop, environment.clock()).superviseToTheEnd();
        }
    }

    /** Answers an outcome where the job was stopped while it waited; throws where it must not go on. */
    private Optional<JobOutcome> pauseAfter(MillraceException failure, boolean madeProgress)
            throws InterruptedException {
        lastError = Optional.of(failure.code().id() + " " + failure.getMessage());
        boolean mayGoOn = failure.code().remedy() == ErrorCode.Remedy.RESTART;
        if (mayGoOn && stop.getCount() == 0) {
            LOG.warn(
                    "{} {} There is no last checkpoint; the next run goes on from the one before.",
                    failure.code().id(),
                    failure.getMessage());
            return Optional.of(JobOutcome.STOPPED_WITHOUT_CHECKPOINT);
        }
        Optional<Duration> pause = mayGoOn ? backoff.next(madeProgress) : Optional.empty();
        if (pause.isEmpty()) {
            publish(status().in(JobStatus.Phase.FAILED, environment.clock().instant()));
            throw failure;
        }
        restarts.incrementAndGet();
        publish(status().in(JobStatus.Phase.RESTARTING, environment.clock().instant()));
        LOG.warn(
                "{} {} Starting again in {} ms from the last checkpoint (restart {}).",
                failure.code().id(),
                failure.getMessage(),
                pause.get().toMillis(),
                restarts.get());
        return stoppedDuring(pause.get()) ? Optional.of(JobOutcome.STOPPED_WITHOUT_CHECKPOINT) : Optional.empty();
    }

    private boolean stoppedDuring(Duration pause) throws InterruptedException {
        long end = environment.clock().nanoTime() + pause.toNanos();
        while (true) {
            long left = end - environment.clock().nanoTime();
            if (left <= 0) {
                return false;
            }
            spec.state().ownership().renew();
            if (stop.await(Math.min(left, RENEWAL.toNanos()), TimeUnit.NANOSECONDS)) {
                return true;
            }
        }
    }

    private JobOutcome finish(JobOutcome outcome) {
        JobStatus.Phase phase = outcome == JobOutcome.FINISHED ? JobStatus.Phase.FINISHED : JobStatus.Phase.STOPPED;
        publish(status().in(phase, environment.clock().instant()));
        return outcome;
    }

    private void publish(JobStatus fresh) {
        JobStatus complete = fresh.after(startedAt, restarts.get(), lastError);
        status = complete;
        listener.accept(complete);
    }

    private long newestCheckpoint() {
        return status().checkpoint().map(JobStatus.CheckpointStatus::id).orElse(0L);
    }

    private static MillraceException classify(Throwable failure) {
        if (failure instanceof MillraceException known) {
            return known;
        }
        return new MillraceException(
                RuntimeCode.INTERNAL,
                "Unexpected " + failure.getClass().getSimpleName() + ": " + failure.getMessage() + ".",
                "This is a defect; please report it with the stack trace. The state is that of the last checkpoint.",
                failure);
    }

    private JobStatus notStarted(Instant now) {
        SourceProgress progress = new SourceProgress(SourceProgress.Phase.STARTING, 0, 0, -1, 0, -1, -1);
        return new JobStatus(
                spec.name(),
                JobStatus.Phase.STARTING,
                now,
                now,
                progress,
                List.of(),
                List.of(),
                Optional.empty(),
                0,
                Optional.empty());
    }
}
