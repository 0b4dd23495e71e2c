package dev.millrace.source.postgres.snapshot;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.catalog.Quoting;
import dev.millrace.source.postgres.connection.PostgresFailure;
import dev.millrace.source.postgres.failure.PostgresError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * A session that looks at exported snapshots. One transaction lasts no longer than a split: its locks on the tables that
 * it has read would hold up a {@code TRUNCATE} or {@code ALTER TABLE} of others.
 */
public final class SnapshotSession implements AutoCloseable {
    private static final String INVALID_SNAPSHOT = "22023";
    private static final String UNDEFINED_OBJECT = "42704";
    private final Connection connection;

    public SnapshotSession(Connection connection) {
        this.connection = connection;
    }

    /** Begins a transaction that sees the snapshot. */
    public void begin(String snapshot) {
        // Only index and page ranges make a chunk cost what it holds; parallel workers would take what other readers
        // need.
        execute(
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT " + Quoting.literal(snapshot)
                        + "; SET LOCAL enable_seqscan = off; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off");
    }

    public void end() {
        execute("COMMIT");
    }

    /** For statements inside the transaction. */
    public Connection connection() {
        return connection;
    }

    /** How long nothing may come; 0 for ever. */
    long longestSilenceNanos() throws SQLException {
        return TimeUnit.MILLISECONDS.toNanos(connection.getNetworkTimeout());
    }

    CopyOut copy(String sql) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
    }

    /**
     * Sees that relations that were just read hold the same files as in the snapshot. A {@code TRUNCATE} or a rewrite after
     * the snapshot was taken, but before the relation was opened, would have shown it empty; under another name it would
     * have been another relation or column. From the reading to the end of the transaction a lock keeps it as it is.
     *
     * @param tables    as of the snapshot
     * @param fileNodes of what was read of them, by oid, as of the snapshot
     */
    void requireUnchanged(Set<PgTable> tables, Map<Integer, Long> fileNodes) {
        requireFiles(fileNodes);
        requireNames(tables);
    }

    private void requireFiles(Map<Integer, Long> fileNodes) {
        String oids = String.join(
                ",", fileNodes.keySet().stream().map(Integer::toUnsignedString).toList());
        try (PreparedStatement statement = connection.prepareStatement(
                "select oid::int8, oid::regclass::text, pg_relation_filenode(oid)::int8 from unnest(?::oid[]) oid")) {
            statement.setString(1, "{" + oids + "}");
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (!Objects.equals(fileNodes.get((int) rows.getLong(1)), rows.getLong(3))) {
                        throw rewritten(rows.getString(2));
                    }
                }
            }
        } catch (SQLException e) {
            throw PostgresFailure.during("looking at the files of tables", e);
        }
    }

    /** Only functions look at the catalog as it is; a query looks at it as of the snapshot. */
    private void requireNames(Set<PgTable> tables) {
        String oids = tables.stream()
                .map(table -> Integer.toUnsignedString(table.oid()))
                .collect(Collectors.joining(",", "{", "}"));
        try (PreparedStatement statement = connection.prepareStatement("""
                select r.oid::regclass::text
                from pg_class r
                join pg_namespace n on n.oid = r.relnamespace
                join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
                cross join pg_identify_object('pg_class'::regclass, r.oid, a.attnum) now
                where r.oid = any (?::oid[])
                      and now.identity is distinct from format('%I.%I.%I', n.nspname, r.relname, a.attname)
                limit 1""")) {
            statement.setString(1, oids);
            try (ResultSet rows = statement.executeQuery()) {
                if (rows.next()) {
                    throw rewritten(rows.getString(1));
                }
            }
        } catch (SQLException e) {
            throw PostgresFailure.during("looking at the columns of tables", e);
        }
    }

    private void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            String state = e.getSQLState();
            if (INVALID_SNAPSHOT.equals(state) || UNDEFINED_OBJECT.equals(state)) {
                throw new MillraceException(
                        PostgresError.SNAPSHOT_LOST,
                        "The exported snapshot is gone: " + e.getMessage(),
                        "What was not read yet is read under a new snapshot.",
                        e);
            }
            throw PostgresFailure.during("opening a snapshot", e);
        }
    }

    private static MillraceException rewritten(String table) {
        return new MillraceException(
                PostgresError.REWRITTEN,
                "Table " + table + " was truncated, rewritten or altered while the snapshot was being read.",
                "Its snapshot begins anew.");
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw PostgresFailure.during("closing a session", e);
        }
    }
}
