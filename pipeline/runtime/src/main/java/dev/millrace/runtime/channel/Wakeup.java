package dev.millrace.runtime.channel;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Wakes the thread that steps a task when there is something for it. Does nothing while no thread is attached, as in a simulation. */
public final class Wakeup {
    private volatile @Nullable Thread sleeper;

    /** From now on the calling thread is the one to wake. */
    public void attach() {
        sleeper = Thread.currentThread();
    }

    /** Sleeps until somebody signals, or the time is over. A signal since the last sleep ends it at once. Only for the attached thread. */
    public void sleep(long nanos) {
        LockSupport.parkNanos(this, nanos);
    }

    /** Called by any thread. */
    public void signal() {
        Thread thread = sleeper;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }
}
