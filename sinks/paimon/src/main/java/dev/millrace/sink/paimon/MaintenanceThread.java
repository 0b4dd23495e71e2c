package dev.millrace.sink.paimon;

import java.time.Duration;

/**
 * The one thread that this sink has of its own: merging files takes as long as it takes, and neither the stream nor a
 * checkpoint may wait for it. It shares nothing but {@link Maintenance} with the committer.
 */
final class MaintenanceThread {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private final Maintenance maintenance;
    private final Thread thread;

    private MaintenanceThread(Maintenance maintenance) {
        this.maintenance = maintenance;
        this.thread = Thread.ofPlatform().name("paimon-maintenance").daemon().start(this::run);
    }

    static MaintenanceThread start(Maintenance maintenance) {
        return new MaintenanceThread(maintenance);
    }

    private void run() {
        try {
            boolean more = true;
            while (more) {
                more = maintenance.doNext();
            }
        } catch (InterruptedException e) {
            // Closed: what was being merged is given up.
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Stops it: a merge is given up, what it has written so far is an orphan. After this the thread makes nothing visible
     * any more, also where it hangs in a call that takes longer than anybody waits.
     *
     * @return whether the thread ended, and left nothing behind
     */
    boolean stop() {
        boolean nothingUnderWay = maintenance.stop(PATIENCE);
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return nothingUnderWay && !thread.isAlive() && !maintenance.hasGivenUp();
    }
}
