package dev.millrace.servers;

import java.time.Duration;

/** The end of a bounded wait for another process, which can only be polled. */
final class Deadline {
    private static final long PAUSE_MILLIS = 20;
    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    static Deadline in(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos());
    }

    /** Pauses for a moment; false, at once, where the time is over. */
    boolean pause() {
        if (System.nanoTime() - end >= 0) {
            return false;
        }
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("Interrupted while waiting for a server", e);
        }
    }
}
