package dev.millrace.bench.source;

import dev.millrace.servers.PostgresServer;
import dev.millrace.servers.PostgresSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** A private server with one database; made for reading only, so that nothing of its own gets in between. */
public final class BenchDatabase implements AutoCloseable {
    public static final String NAME = "bench";
    public static final String SCHEMA = "data";
    /** Tables of the same shape without a row: what starting and ending costs is measured on them. */
    public static final String EMPTY_SCHEMA = "nothing";

    public static final String PUBLICATION = "bench_ceiling";
    private final PostgresServer server;

    private BenchDatabase(PostgresServer server) {
        this.server = server;
    }

    /** Starts a temporary server. */
    public static BenchDatabase start(int major) throws SQLException {
        PostgresServer server = PostgresServer.started(PostgresSettings.ofMajor(major)
                .with("shared_buffers", "1GB")
                .with("max_wal_size", "64GB")
                .with("checkpoint_timeout", "1d")
                .with("autovacuum", "off")
                .with("synchronous_commit", "off")
                .with("wal_sender_timeout", "0"));
        server.createDatabase(NAME);
        BenchDatabase database = new BenchDatabase(server);
        database.execute("create schema " + SCHEMA);
        database.execute("create schema " + EMPTY_SCHEMA);
        database.execute("create table " + EMPTY_SCHEMA + "." + Workload.table(0) + " (" + RowText.COLUMNS + ")");
        return database;
    }

    public PostgresServer server() {
        return server;
    }

    public String url() {
        return server.jdbcUrl(NAME) + "?user=" + server.user();
    }

    /** Makes the tables and their rows, with nothing left for a later reader to tidy up. */
    public void load(Workload workload) throws SQLException {
        for (int number = 0; number < workload.tables(); number++) {
            String table = SCHEMA + "." + Workload.table(number);
            execute("create table " + table + " (" + RowText.COLUMNS + ")");
            execute("insert into " + table + " select " + RowText.VALUES + " from generate_series(1::bigint, "
                    + workload.rowsPerTable() + ") i");
        }
        execute("vacuum (freeze, analyze)");
        execute("checkpoint");
        execute("create publication " + PUBLICATION + " for tables in schema " + SCHEMA);
    }

    /** Makes the changes; slots that exist see them. */
    public void change(Workload workload) throws SQLException {
        execute("do $change$ " + workload.changesAsSql(SCHEMA) + " $change$");
        execute("checkpoint");
    }

    /** Inserts new rows into the first table in one transaction. */
    public void insertAtOnce(Workload workload, long rows) throws SQLException {
        long first = workload.rowsPerTable() + workload.changes() + 1;
        execute("insert into " + SCHEMA + "." + Workload.table(0) + " select " + RowText.VALUES
                + " from generate_series(" + first + "::bigint, " + (first + rows - 1) + ") i");
        execute("checkpoint");
    }

    public String currentPosition() throws SQLException {
        return query("select pg_current_wal_flush_lsn()");
    }

    public void createSlot(String name) throws SQLException {
        query("select pg_create_logical_replication_slot('" + name + "', 'pgoutput')");
    }

    /** Puts a slot back to where another one stands. */
    public void copySlot(String from, String to) throws SQLException {
        dropSlot(to);
        query("select pg_copy_logical_replication_slot('" + from + "', '" + to + "')");
    }

    /** Ends who reads from it first; a slot that is not there is fine. */
    public void dropSlot(String name) throws SQLException {
        query("select count(pg_terminate_backend(active_pid, 10000)) from pg_replication_slots where slot_name = '"
                + name + "' and active");
        query("select count(pg_drop_replication_slot(slot_name)) from pg_replication_slots where slot_name = '" + name
                + "'");
    }

    public void dropPublication(String name) throws SQLException {
        execute("drop publication if exists \"" + name + "\"");
    }

    /** Whether the reader of the slot has confirmed everything before the position. */
    public boolean hasConfirmed(String slot, String position) throws SQLException {
        return query("select confirmed_flush_lsn >= '" + position
                        + "'::pg_lsn from pg_replication_slots where slot_name = '" + slot + "'")
                .equals("t");
    }

    /** What a row takes in COPY's binary format, on average over the first of the first table. */
    public long bytesPerRow() throws SQLException {
        String rows = "select * from " + SCHEMA + "." + Workload.table(0) + " limit 1000";
        try (Connection connection = server.connect(NAME)) {
            CountingStream bytes = new CountingStream();
            long copied = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy (" + rows + ") to stdout (format binary)", bytes);
            return bytes.count() / copied;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a row change takes in the log's binary messages, on average over the first of those that wait in the slot. */
    public long bytesPerChange(String slot) throws SQLException {
        return Long.parseLong(query("""
                select (sum(length(data)) / count(*) filter (where get_byte(data, 0) in (68, 73, 85)))::bigint
                from pg_logical_slot_peek_binary_changes('%s', null, 50000,
                  'proto_version', '1', 'publication_names', '%s', 'binary', 'true')
                """.formatted(slot, PUBLICATION)));
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = server.connect(NAME);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row; empty where there is none. */
    public String query(String sql) throws SQLException {
        try (Connection connection = server.connect(NAME);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? String.valueOf(result.getString(1)) : "";
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
