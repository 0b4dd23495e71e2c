package dev.millrace.quickstart;

import dev.millrace.quickstart.ShopActivity.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.SplittableRandom;

/**
 * Runs the shop's business, one transaction after the other. Several writers may work on one shop at once, each with a
 * connection of its own; a writer belongs to one thread at a time. One writer alone does the same for the same seed.
 */
public final class ShopWriter {
    private final ShopSession session;

    /**
     * @param connection the writer's own from now on: in transactions, never in auto-commit mode; the caller closes it
     */
    public ShopWriter(Connection connection, long seed, InstantSource clock) throws SQLException {
        connection.setAutoCommit(false);
        session = new ShopSession(connection, new SplittableRandom(seed), clock);
    }

    /**
     * Runs one transaction of a random kind to its commit. After an exception nothing of it is there, unless the
     * connection broke in the commit itself.
     *
     * @return what it did; a new order where the shop had no row for the kind that the dice chose
     */
    public ShopActivity runOneTransaction() throws SQLException {
        ShopActivity activity = ShopActivity.random(session.random());
        if (run(activity)) {
            return activity;
        }
        run(ShopActivity.NEW_ORDER);
        return ShopActivity.NEW_ORDER;
    }

    /** Runs one transaction of this kind; false where the shop has no row for it at the moment. */
    public boolean run(ShopActivity activity) throws SQLException {
        Connection connection = session.connection();
        try {
            Outcome outcome = activity.perform(session);
            if (outcome == Outcome.DONE) {
                connection.commit();
            } else {
                connection.rollback();
            }
            return outcome != Outcome.NOTHING_TO_DO;
        } catch (SQLException e) {
            rollback(connection, e);
            throw e;
        }
    }

    private static void rollback(Connection connection, SQLException cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
