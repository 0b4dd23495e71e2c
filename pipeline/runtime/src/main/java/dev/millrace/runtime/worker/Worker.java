package dev.millrace.runtime.worker;

import dev.millrace.runtime.task.RunControl;
import dev.millrace.runtime.task.Task;
import java.time.Duration;

/** Steps one task on a thread of its own until the run ends, then closes it there. */
final class Worker {
    /** Bounds what a lost signal could cost, and how precise the clocks of tasks are. */
    private static final long SLEEP_NANOS = Duration.ofMillis(10).toNanos();

    private final Task task;
    private final RunControl control;
    private final Thread thread;

    private Worker(Task task, RunControl control) {
        this.task = task;
        this.control = control;
        this.thread =
                Thread.ofPlatform().name("millrace-" + task.name()).daemon().unstarted(this::run);
    }

    static Worker start(Task task, RunControl control) {
        Worker worker = new Worker(task, control);
        worker.thread.start();
        return worker;
    }

    String name() {
        return task.name();
    }

    /** Waits for the thread's end, and answers whether it has ended. */
    boolean join(Duration time) throws InterruptedException {
        return thread.join(time);
    }

    /** Breaks off what the task waits for. */
    void interrupt() {
        thread.interrupt();
    }

    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    private void run() {
        task.wakeup().attach();
        try {
            while (control.ended().isEmpty()) {
                if (task.step() == Task.Progress.IDLE) {
                    task.wakeup().sleep(SLEEP_NANOS);
                }
            }
        } catch (Throwable failure) {
            control.end(new RunControl.End.Failed(failure));
        } finally {
            close();
        }
    }

    private void close() {
        try {
            task.close();
        } catch (RuntimeException failure) {
            // The run has ended; where it ended well, what could not be closed is not worth failing for.
            control.ended()
                    .filter(RunControl.End.Failed.class::isInstance)
                    .map(RunControl.End.Failed.class::cast)
                    .filter(end -> !end.failure().equals(failure))
                    .ifPresent(end -> end.failure().addSuppressed(failure));
        }
    }
}
