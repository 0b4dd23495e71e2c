package dev.millrace.sink.paimon;

import java.time.Duration;

/**
 * The one thread that this sink has of its own: merging files takes as long as it takes, and neither the stream nor a
 * checkpoint may wait for it. It shares nothing but {@link Maintenance} with the committer.
 */
final class MaintenanceThread implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private final Thread thread;

    private MaintenanceThread(Thread thread) {
        this.thread = thread;
    }

    static MaintenanceThread start(Maintenance maintenance) {
        return new MaintenanceThread(Thread.ofPlatform()
                .name("paimon-maintenance")
                .daemon()
                .start(() -> {
                    try {
                        while (!Thread.currentThread().isInterrupted()) {
                            maintenance.doNext();
                        }
                    } catch (InterruptedException e) {
                        // Closed: what was being merged is given up.
                        Thread.currentThread().interrupt();
                    }
                }));
    }

    /** Stops it: a merge is given up, what it has written so far is an orphan. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
