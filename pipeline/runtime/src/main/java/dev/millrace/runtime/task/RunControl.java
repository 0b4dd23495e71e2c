package dev.millrace.runtime.task;

import dev.millrace.runtime.JobOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** How a run is told to stop, and how it tells that it has ended. Used by any thread. */
public final class RunControl {
    /** How a run ended. */
    public sealed interface End {
        record Of(JobOutcome outcome) implements End {}

        record Failed(Throwable failure) implements End {}
    }

    private final AtomicReference<End> end = new AtomicReference<>();
    private final CountDownLatch hasEnded = new CountDownLatch(1);
    private volatile boolean stopRequested;

    /** Asks for a last checkpoint and the end after it. */
    public void requestStop() {
        stopRequested = true;
    }

    public boolean stopRequested() {
        return stopRequested;
    }

    /** Ends the run; only the first end counts. No task may be stepped any more. */
    public void end(End how) {
        end.compareAndSet(null, how);
        hasEnded.countDown();
    }

    /** How it ended; empty while it runs. */
    public Optional<End> ended() {
        return Optional.ofNullable(end.get());
    }

    /** Waits for the end, at most so long. */
    public void awaitEnd(Duration time) throws InterruptedException {
        hasEnded.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
