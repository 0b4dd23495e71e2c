package dev.millrace.source.postgres.log;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.setup.Slots;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Looks every few seconds where the log's head is. The stream itself does not say while it is behind. */
final class LogHead implements AutoCloseable {
    private static final long INTERVAL_NANOS = 2_000_000_000L;

    private final Sessions sessions;
    private @Nullable Connection connection;
    private long lookedAt = System.nanoTime() - INTERVAL_NANOS;
    private long place;

    LogHead(Sessions sessions) {
        this.sessions = sessions;
    }

    /** The head's place when it was last looked at; 0 if unknown. */
    long place() {
        long now = System.nanoTime();
        if (now - lookedAt >= INTERVAL_NANOS) {
            lookedAt = now;
            place = look();
        }
        return place;
    }

    /** For people only, so that a failure is not worth stopping: the stream will meet it, too, if it is serious. */
    private long look() {
        try {
            Connection open = connection;
            if (open == null) {
                open = sessions.sql("head");
                connection = open;
            }
            try (Statement statement = open.createStatement();
                    ResultSet row = statement.executeQuery("select pg_current_wal_flush_lsn()")) {
                row.next();
                return Slots.place(row.getString(1));
            }
        } catch (SQLException | MillraceException e) {
            close();
            return 0;
        }
    }

    @Override
    public void close() {
        try (Connection closing = connection) {
            connection = null;
        } catch (SQLException e) {
            // It is given up either way.
            connection = null;
        }
    }
}
