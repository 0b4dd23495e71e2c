package dev.millrace.source.postgres.log;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.connection.PostgresFailure;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.postgres.split.LogSplit;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Objects;

/** What a broken log stream means. */
final class LogFailure {
    static final String IN_USE = "55006";

    private LogFailure() {}

    static MillraceException of(LogSplit split, long place, SQLException cause) {
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
                                "A slot is stuck where its publication did not exist: make it again, then 'cdc drop' and start anew.",
                                cause)
                        : lost(slot, "it is not there (" + cause.getMessage() + ")");
            case "55000", "58P01" -> lost(slot, String.valueOf(cause.getMessage()));
            case "53300" ->
                new MillraceException(
                        PostgresError.SERVER_LIMIT,
                        "The server has no sender left to read the log: " + cause.getMessage(),
                        "Raise max_wal_senders and restart the server, or end sessions that are not needed.",
                        cause);
            default -> PostgresFailure.during("reading the log at " + Slots.text(place) + " from slot " + slot, cause);
        };
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
                "The tables have to be read again: 'cdc drop', then start anew. To keep it from happening again see"
                        + " max_slot_wal_keep_size and who drops or advances slots.");
    }
}
