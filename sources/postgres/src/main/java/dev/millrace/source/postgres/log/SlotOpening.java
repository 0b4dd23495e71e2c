package dev.millrace.source.postgres.log;

import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.postgres.split.LogSplit;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Starts to read from a slot, after a look whether it still leads on from where reading has to begin. */
final class SlotOpening {
    /** The server notices the end of an earlier session of ours within moments; a longer wait is the engine's. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(3).toNanos();

    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

    private final Sessions sessions;
    private final LogSplit split;
    private final InstantSource clock;
    private final Duration longestSilence;

    SlotOpening(Sessions sessions, LogSplit split, InstantSource clock, Duration longestSilence) {
        this.sessions = sessions;
        this.split = split;
        this.clock = clock;
        this.longestSilence = longestSilence;
    }

    /** @param connection for statements */
    ReplicationStream start(Connection connection) throws SQLException {
        check(new Slots(sessions, split.target().slot()).find(connection));
        ReplicationStream.Patience patience = ReplicationStream.Patience.of(senderTimeout(connection), longestSilence);
        long begun = System.nanoTime();
        while (true) {
            try {
                return ReplicationStream.start(sessions, split, clock, patience);
            } catch (SQLException e) {
                if (!LogFailure.IN_USE.equals(e.getSQLState()) || System.nanoTime() - begun > PATIENCE_NANOS) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void check(Optional<Slots.Slot> found) {
        String name = split.target().slot();
        Slots.Slot slot = found.orElseThrow(() -> LogFailure.lost(name, "it is not there"));
        if (slot.lost()) {
            throw LogFailure.lost(name, "the server has removed the log that it needs");
        }
        if (Long.compareUnsigned(slot.confirmedPlace(), split.startPlace()) > 0) {
            throw LogFailure.lost(
                    name,
                    "somebody has moved it on to " + Slots.text(slot.confirmedPlace()) + ", and reading would begin at "
                            + Slots.text(split.startPlace()));
        }
    }

    private static long senderTimeout(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select setting::bigint from pg_settings where name = 'wal_sender_timeout'")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
