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

/** PostgreSQL, with one database. */
public final class PostgresDatabase implements BenchDatabase {
    public static final String NAME = "bench";
    public static final String PUBLICATION = "bench_ceiling";
    private final PostgresServer server;

    private PostgresDatabase(PostgresServer server) {
        this.server = server;
    }

    /** Starts a temporary server. */
    public static PostgresDatabase start(int major) throws SQLException {
        PostgresServer server = PostgresServer.started(PostgresSettings.ofMajor(major)
                .with("shared_buffers", "1GB")
                .with("max_wal_size", "64GB")
                .with("checkpoint_timeout", "1d")
                .with("autovacuum", "off")
                .with("synchronous_commit", "off")
                .with("wal_sender_timeout", "0"));
        server.createDatabase(NAME);
        PostgresDatabase database = new PostgresDatabase(server);
        database.execute("create schema " + DATA);
        database.execute("create schema " + NOTHING);
        database.execute("create table " + NOTHING + "." + Workload.table(0) + " (" + PostgresRow.COLUMNS + ")");
        return database;
    }

    public PostgresServer server() {
        return server;
    }

    @Override
    public long pid() {
        return server.pid();
    }

    @Override
    public String url() {
        return server.jdbcUrl(NAME) + "?user=" + server.user();
    }

    @Override
    public void load(Workload workload) throws SQLException {
        for (int number = 0; number < workload.tables(); number++) {
            String table = DATA + "." + Workload.table(number);
            execute("create table " + table + " (" + PostgresRow.COLUMNS + ")");
            execute("insert into " + table + " select " + PostgresRow.VALUES + " from generate_series(1::bigint, "
                    + workload.rowsPerTable() + ") i");
        }
        execute("vacuum (freeze, analyze)");
        execute("checkpoint");
        execute("create publication " + PUBLICATION + " for tables in schema " + DATA);
    }

    @Override
    public void change(Workload workload) throws SQLException {
        execute("do $change$ " + PostgresChanges.sql(workload, DATA) + " $change$");
        execute("checkpoint");
    }

    @Override
    public void insertAtOnce(Workload workload, long rows) throws SQLException {
        long first = workload.rowsPerTable() + workload.changes() + 1;
        execute("insert into " + DATA + "." + Workload.table(0) + " select " + PostgresRow.VALUES
                + " from generate_series(" + first + "::bigint, " + (first + rows - 1) + ") i");
        execute("checkpoint");
    }

    @Override
    public String section(String pipeline, String where, boolean latest) {
        return """
                source:
                  type: postgres
                  hostname: %s
                  port: %d
                  username: %s
                  password: ""
                  tables: %s.%s.\\.*
                  slot.name: %s
                  publication.name: %s
                  scan.startup.mode: %s
                """.formatted(
                        server.host(),
                        server.port(),
                        server.user(),
                        NAME,
                        where,
                        pipeline,
                        pipeline,
                        latest ? "latest-offset" : "initial");
    }

    /** Slot and publication bear the pipeline's name. */
    @Override
    public Standpoint standpoint(String pipeline) throws SQLException {
        String base = pipeline + "_base";
        copySlot(pipeline, base);
        return new Standpoint() {
            @Override
            public Obligation rewind() throws SQLException {
                String end = currentPosition();
                copySlot(base, pipeline);
                return () -> {
                    if (!hasConfirmed(pipeline, end)) {
                        throw new IllegalStateException(
                                "The pipeline ended before " + end + "; its slot stands elsewhere");
                    }
                };
            }

            @Override
            public void close() throws SQLException {
                dropSlot(base);
                forget(pipeline);
            }
        };
    }

    @Override
    public void forget(String pipeline) throws SQLException {
        dropSlot(pipeline);
        execute("drop publication if exists \"" + pipeline + "\"");
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

    /** Whether the reader of the slot has confirmed everything before the position. */
    private boolean hasConfirmed(String slot, String position) throws SQLException {
        return query("select confirmed_flush_lsn >= '" + position
                        + "'::pg_lsn from pg_replication_slots where slot_name = '" + slot + "'")
                .equals("t");
    }

    @Override
    public long bytesPerRow() throws SQLException {
        String rows = "select * from " + DATA + "." + Workload.table(0) + " limit 1000";
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
