package dev.millrace.runtime.channel;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Commands to one task from any number of others; those of one sender keep their order. */
public final class Inbox<T> {
    private final Queue<T> queue = new ConcurrentLinkedQueue<>();
    private final Wakeup owner;

    public Inbox(Wakeup owner) {
        this.owner = owner;
    }

    /** Called by any thread. */
    public void put(T command) {
        queue.add(command);
        owner.signal();
    }

    /** The next command; null where there is none. Only for the owner. */
    public @Nullable T poll() {
        return queue.poll();
    }
}
