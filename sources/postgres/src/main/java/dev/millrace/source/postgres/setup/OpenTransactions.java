package dev.millrace.source.postgres.setup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Transactions on the whole server that have written something and have not ended: a replication slot can't be made before
 * each of those that ran when its making began has ended.
 */
public final class OpenTransactions {
    /** Whoever may not see what others do sees who holds a lock on a transaction's number. */
    private static final String RUNNING = """
            select l.pid, coalesce(a.usename, '?'), coalesce(a.datname, '?'), coalesce(a.state, 'in an unknown state'),
                   extract(epoch from clock_timestamp() - a.xact_start)::int8
            from (select pid, max(age(transactionid)) as age from pg_locks
                  where locktype = 'transactionid' and granted and mode = 'ExclusiveLock' and pid <> pg_backend_pid()
                  group by pid) l
            join pg_stat_activity a on a.pid = l.pid
            order by l.age desc limit 5""";

    private static final String PREPARED = """
            select quote_literal(gid), owner, database, extract(epoch from clock_timestamp() - prepared)::int8
            from pg_prepared_xacts order by prepared limit 5""";

    private OpenTransactions() {}

    /**
     * One that is open.
     *
     * @param age      how long; empty where the user may not see it
     * @param howToEnd the statement that ends it
     */
    public record Open(String name, Optional<Duration> age, String howToEnd) {
        @Override
        public String toString() {
            return name
                    + age.map(time -> ", open for " + time.toSeconds() + " s").orElse("");
        }
    }

    /** The oldest of them, first those of sessions, then prepared ones. */
    public static List<Open> oldest(Connection connection) throws SQLException {
        List<Open> open = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(RUNNING)) {
                while (rows.next()) {
                    open.add(new Open(
                            "process " + rows.getInt(1) + " (user " + rows.getString(2) + ", database "
                                    + rows.getString(3) + ", " + rows.getString(4) + ")",
                            seconds(rows, 5),
                            "select pg_terminate_backend(" + rows.getInt(1) + ");"));
                }
            }
            try (ResultSet rows = statement.executeQuery(PREPARED)) {
                while (rows.next()) {
                    open.add(new Open(
                            "prepared transaction " + rows.getString(1) + " (user " + rows.getString(2) + ", database "
                                    + rows.getString(3) + ")",
                            seconds(rows, 4),
                            "COMMIT PREPARED " + rows.getString(1) + "; or ROLLBACK PREPARED " + rows.getString(1)
                                    + "; in its database"));
                }
            }
        }
        return open;
    }

    private static Optional<Duration> seconds(ResultSet row, int column) throws SQLException {
        long seconds = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
    }
}
