package dev.millrace.quickstart;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Runs a {@link ShopWriter} at a steady pace until its number of transactions is reached, or it is told to stop. */
public final class PacedWriter implements Callable<Long> {
    private final Callable<Connection> connections;
    private final ShopPace pace;
    private final long seed;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicLong done = new AtomicLong();

    /** @param connections gives the connection when the work begins; it is closed at the end */
    public PacedWriter(Callable<Connection> connections, ShopPace pace, long seed) {
        this.connections = connections;
        this.pace = pace;
        this.seed = seed;
    }

    /**
     * Works on the caller's thread.
     *
     * @return how many transactions it ran
     */
    @Override
    public Long call() throws Exception {
        try (Connection connection = connections.call()) {
            run(new ShopWriter(connection, seed, InstantSource.system()));
        }
        return done.get();
    }

    /** How many transactions are behind it; from any thread. */
    public long done() {
        return done.get();
    }

    /** Ends the work after the transaction at hand; from any thread. */
    public void stop() {
        stopped.countDown();
    }

    private void run(ShopWriter writer) throws SQLException, InterruptedException {
        long start = System.nanoTime();
        long interval = TimeUnit.SECONDS.toNanos(1) / pace.transactionsPerSecond();
        while (done.get() < pace.transactions()) {
            long early = start + done.get() * interval - System.nanoTime();
            if (stopped.await(early, TimeUnit.NANOSECONDS)) {
                return;
            }
            writer.runOneTransaction();
            done.incrementAndGet();
        }
    }
}
