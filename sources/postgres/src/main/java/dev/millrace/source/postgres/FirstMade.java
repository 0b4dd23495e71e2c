package dev.millrace.source.postgres;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.config.PostgresConfig;
import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.setup.Publications;
import dev.millrace.source.postgres.setup.ServerFacts;
import dev.millrace.source.postgres.setup.Slots;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slot and publication, as far as a first start has made them. Where it ends before there can be a state that needs them they
 * go again: nobody would read the slot, and the server would keep its log for it until its disk is full. Told by one thread,
 * and taken back by another after that one has ended.
 */
final class FirstMade {
    private static final Logger LOG = LoggerFactory.getLogger(FirstMade.class);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);
    private static final String IN_USE = "55006";
    private static final int ATTEMPTS = 30;
    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

    private final PostgresConfig config;
    private final String pipeline;
    private final Sessions sessions;
    private volatile boolean slot;
    private volatile boolean publication;
    private volatile boolean needed;

    FirstMade(PostgresConfig config, String pipeline, Sessions sessions) {
        this.config = config;
        this.pipeline = pipeline;
        this.sessions = sessions;
    }

    String pipeline() {
        return pipeline;
    }

    void slot() {
        slot = true;
    }

    void publication() {
        publication = true;
    }

    /** From now on a state may have been saved that needs them. */
    void keep() {
        needed = true;
    }

    void takeBack() {
        if (needed || !slot && !publication) {
            return;
        }
        try (Connection connection = sessions.sql("take back", LONGEST_SILENCE)) {
            if (slot) {
                drop(connection);
            }
            if (publication) {
                new Publications(connection, ServerFacts.read(connection), config.publication(), pipeline).drop();
            }
        } catch (SQLException | MillraceException e) {
            LOG.warn(
                    "Slot {} and publication {} of this first start may be left at the server, which keeps its log for the"
                            + " slot until the next start or 'cdc drop': {}",
                    config.slot(),
                    config.publication(),
                    e.getMessage());
        }
    }

    /** The server takes a moment to notice that its reader has left. */
    private void drop(Connection connection) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                new Slots(sessions, config.slot()).drop(connection);
                return;
            } catch (SQLException e) {
                if (!IN_USE.equals(e.getSQLState()) || attempt == ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
