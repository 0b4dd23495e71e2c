package dev.millrace.runtime.worker;

import dev.millrace.error.MillraceException;
import dev.millrace.runtime.JobClock;
import dev.millrace.runtime.JobOutcome;
import dev.millrace.runtime.JobSpec;
import dev.millrace.runtime.RuntimeCode;
import dev.millrace.runtime.task.JobRun;
import dev.millrace.runtime.task.RunControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Watches over one run: starts its workers, passes a stop on, keeps the state's ownership, and sees every thread out. */
final class Supervisor {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration RENEWAL = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final JobSpec spec;
    private final JobRun run;
    private final CountDownLatch stop;
    private final JobClock clock;
    private long renewedAt;

    Supervisor(JobSpec spec, JobRun run, CountDownLatch stop, JobClock clock) {
        this.spec = spec;
        this.run = run;
        this.stop = stop;
        this.clock = clock;
        this.renewedAt = clock.nanoTime();
    }

    /** Returns once no thread of the run is left; or, where one does not end, with an end after which nothing is started again. */
    RunControl.End superviseToTheEnd() throws InterruptedException {
        List<Worker> workers = run.tasks().stream()
                .map(task -> Worker.start(task, run.control()))
                .toList();
        try {
            watch();
        } catch (MillraceException ownershipLost) {
            run.control().end(new RunControl.End.Failed(ownershipLost));
        } finally {
            run.control().end(new RunControl.End.Of(JobOutcome.STOPPED_WITHOUT_CHECKPOINT));
        }
        return seeOut(workers, run.control().ended().orElseThrow());
    }

    private void watch() throws InterruptedException {
        long stopBy = Long.MAX_VALUE;
        while (run.control().ended().isEmpty()) {
            if (stop.getCount() == 0 && stopBy == Long.MAX_VALUE) {
                run.control().requestStop();
                stopBy = clock.nanoTime() + spec.settings().stopTimeout().toNanos();
            }
            if (stopBy != Long.MAX_VALUE && clock.nanoTime() - stopBy > 0) {
                return;
            }
            if (clock.nanoTime() - renewedAt > RENEWAL.toNanos()) {
                spec.state().ownership().renew();
                renewedAt = clock.nanoTime();
            }
            run.control().awaitEnd(LOOK);
        }
    }

    private RunControl.End seeOut(List<Worker> workers, RunControl.End end) throws InterruptedException {
        if (stillRunning(workers).isEmpty()) {
            return end;
        }
        workers.forEach(Worker::interrupt);
        List<String> stuck = stillRunning(workers);
        if (stuck.isEmpty() || end instanceof RunControl.End.Of) {
            return end;
        }
        MillraceException failure = new MillraceException(
                RuntimeCode.STUCK,
                "After a failure some tasks did not end: " + String.join(", ", stuck) + ".",
                "Start the pipeline again; it goes on from the last checkpoint.");
        failure.addSuppressed(((RunControl.End.Failed) end).failure());
        return new RunControl.End.Failed(failure);
    }

    /** Gives all together some time to end, and names those that have not. */
    private List<String> stillRunning(List<Worker> workers) throws InterruptedException {
        long until = clock.nanoTime() + PATIENCE.toNanos();
        List<String> running = new ArrayList<>();
        for (Worker worker : workers) {
            if (!worker.join(Duration.ofNanos(Math.max(1, until - clock.nanoTime())))) {
                running.add(worker.name());
            }
        }
        return running;
    }
}
