package dev.millrace.source.postgres.log;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.connection.PostgresFailure;
import dev.millrace.source.postgres.catalog.Quoting;
import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.postgres.setup.Slots.Slot;
import dev.millrace.source.postgres.socket.ReceiveGate;
import dev.millrace.source.postgres.split.LogSplit;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyDual;

/** Begins to read from a slot, at the split's place and nowhere else. */
final class LogOpening {
    private static final String IN_USE = "55006";
    /** The server takes a moment to notice that the session before this one has gone. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Sessions sessions;
    private final LogSplit split;
    private final String slot;

    LogOpening(Sessions sessions, LogSplit split) {
        this.sessions = sessions;
        this.split = split;
        this.slot = split.target().slot();
    }

    LogStream open() {
        try (ReceiveGate gate = ReceiveGate.open()) {
            Connection connection = sessions.replication("log", gate);
            try {
                check(connection);
                return new LogStream(connection, gate, start(connection));
            } catch (SQLException e) {
                giveUp(connection, e);
                throw refused(e);
            } catch (MillraceException e) {
                giveUp(connection, e);
                throw e;
            }
        }
    }

    private static void giveUp(Connection connection, Exception cause) {
        try {
            connection.close();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** A server that is asked for less than the slot still has begins where it can, without a word. */
    private void check(Connection connection) throws SQLException {
        Slot found = new Slots(sessions, slot).find(connection).orElseThrow(() -> lost("the slot does not exist", null));
        if (found.lost()) {
            throw lost("the server has removed the log that the slot would need", null);
        }
        if (Long.compareUnsigned(found.confirmedPlace(), split.startPlace()) > 0) {
            throw lost(
                    "the slot stands at " + Slots.text(found.confirmedPlace()) + ", behind " + Slots.text(split.startPlace())
                            + ", where the pipeline would go on: somebody else has read from it",
                    null);
        }
    }

    private CopyDual start(Connection connection) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                return connection.unwrap(PGConnection.class).getCopyAPI().copyDual(command());
            } catch (SQLException e) {
                if (!IN_USE.equals(e.getSQLState()) || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
    }

    private String command() {
        return "START_REPLICATION SLOT " + Quoting.identifier(slot) + " LOGICAL " + Slots.text(split.startPlace())
                + " (proto_version '2', streaming 'on', binary 'true', publication_names '"
                + Quoting.identifier(split.target().publication()).replace("'", "''") + "')";
    }

    private MillraceException refused(SQLException e) {
        return switch (Objects.requireNonNullElse(e.getSQLState(), "")) {
            case IN_USE ->
                new MillraceException(
                        PostgresError.SLOT_BUSY,
                        "Another session reads from the replication slot " + slot + ": " + e.getMessage(),
                        "See that no other process runs this pipeline.",
                        e);
            case "42704", "55000", "58P01" -> lost(String.valueOf(e.getMessage()), e);
            default -> PostgresFailure.during("starting to read the log from slot " + slot, e);
        };
    }

    private MillraceException lost(String why, @Nullable SQLException cause) {
        return new MillraceException(
                PostgresError.SLOT_LOST,
                "The changes behind " + Slots.text(split.startPlace()) + " can't be read from the replication slot " + slot + " any more: "
                        + why + ".",
                "Drop the pipeline's state ('cdc drop FILE') and start anew; max_slot_wal_keep_size and idle_replication_slot_timeout"
                        + " make a server give up slots.",
                cause);
    }
}
