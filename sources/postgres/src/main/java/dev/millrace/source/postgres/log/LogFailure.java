package dev.millrace.source.postgres.log;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.connection.PostgresFailure;
import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.postgres.split.LogSplit;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/** What a broken log stream means. */
final class LogFailure {
    static final String IN_USE = "55006";

    private LogFailure() {}

    static MillraceException of(Sessions sessions, LogSplit split, long place, SQLException cause) {
        String slot = split.target().slot();
        return switch (Objects.requireNonNullElse(cause.getSQLState(), "")) {
            case IN_USE ->
                new MillraceException(
                        PostgresError.SLOT_BUSY,
                        "Another session reads the replication slot " + slot + ": " + cause.getMessage(),
                        "After a crash of this pipeline the server ends its session within wal_sender_timeout; otherwise see that no"
                                + " other process runs this pipeline, or end the session with select pg_terminate_backend(<pid>).",
                        cause);
            case "42704" ->
                String.valueOf(cause.getMessage()).contains("publication")
                        ? new MillraceException(
                                PostgresError.PUBLICATION,
                                "The publication " + split.target().publication() + " is not there: "
                                        + cause.getMessage(),
                                "A slot is stuck where its publication did not exist: make it again, then 'cdc drop',"
                                        + " remove the sink's tables and start anew.",
                                cause)
                        : unreadable(sessions, split, place, cause);
            case "55000", "58P01" -> unreadable(sessions, split, place, cause);
            case "53300" ->
                new MillraceException(
                        PostgresError.SERVER_LIMIT,
                        "The server has no sender left to read the log: " + cause.getMessage(),
                        "Raise max_wal_senders and restart the server, or end sessions that are not needed.",
                        cause);
            default -> unexpected(split, place, cause);
        };
    }

    /** Many things answer like this; that changes are lost for good is said only where the slot says so. */
    private static MillraceException unreadable(Sessions sessions, LogSplit split, long place, SQLException cause) {
        String name = split.target().slot();
        try (Connection connection = sessions.sql("log failure")) {
            Optional<Slots.Slot> slot = new Slots(sessions, name).find(connection);
            if (slot.isEmpty()) {
                return lost(name, "it is not there (" + cause.getMessage() + ")");
            }
            if (slot.get().lost()) {
                return lost(name, String.valueOf(cause.getMessage()));
            }
        } catch (SQLException | MillraceException e) {
            cause.addSuppressed(e);
        }
        return unexpected(split, place, cause);
    }

    private static MillraceException unexpected(LogSplit split, long place, SQLException cause) {
        return PostgresFailure.during(
                "reading the log at " + Slots.text(place) + " from slot "
                        + split.target().slot(),
                cause);
    }

    static MillraceException of(LogSplit split, long place, IOException cause) {
        return new MillraceException(
                PostgresError.CONNECTION,
                "The connection to PostgreSQL broke while reading the log at " + Slots.text(place) + " from slot "
                        + split.target().slot() + ": " + cause.getMessage(),
                "Reading goes on from the last checkpoint once the server can be reached.",
                cause);
    }

    /** The log that is needed can't be read any more. */
    static MillraceException lost(String slot, String what) {
        return new MillraceException(
                PostgresError.SLOT_LOST,
                "The replication slot " + slot + " no longer leads to the changes that come next: " + what + ".",
                "The tables have to be read again: 'cdc drop',"
                        + " remove them from the sink and start anew. To keep it from happening again see"
                        + " max_slot_wal_keep_size and who drops or advances slots.");
    }
}
