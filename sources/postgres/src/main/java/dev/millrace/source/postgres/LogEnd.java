package dev.millrace.source.postgres;

import dev.millrace.source.postgres.setup.Slots;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;

/** Where the log ends now. */
final class LogEnd {
    private LogEnd() {}

    /** @return empty unless it is wanted */
    static OptionalLong of(Connection connection, boolean wanted) throws SQLException {
        if (!wanted) {
            return OptionalLong.empty();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_current_wal_flush_lsn()")) {
            row.next();
            return OptionalLong.of(Slots.place(row.getString(1)));
        }
    }
}
