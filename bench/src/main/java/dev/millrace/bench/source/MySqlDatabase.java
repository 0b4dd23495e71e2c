package dev.millrace.bench.source;

import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.servers.MySqlSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** MySQL or MariaDB. */
public final class MySqlDatabase implements BenchDatabase {
    /** Numbers from 0, and procedures. */
    private static final String TOOLS = "tools";

    private static final int NUMBERS = 1000;
    private static final int ROWS_OF_A_STATEMENT = 100 * NUMBERS;

    private final MySqlServer server;

    private MySqlDatabase(MySqlServer server) {
        this.server = server;
    }

    /** Starts a temporary server. */
    public static MySqlDatabase start(MySqlRelease release) throws SQLException {
        MySqlServer server = MySqlServer.started(MySqlSettings.of(release)
                .with("innodb_buffer_pool_size", "1G")
                .with("innodb_flush_log_at_trx_commit", "0")
                .with("sync_binlog", "0")
                .with("max_binlog_size", "1G")
                .with("default_time_zone", "+00:00"));
        MySqlDatabase database = new MySqlDatabase(server);
        database.unlogged(
                "create database " + DATA,
                "create database " + NOTHING,
                "create database " + TOOLS,
                "create table " + NOTHING + "." + Workload.table(0) + " (" + MySqlRow.COLUMNS + ")",
                "create table " + TOOLS + ".n (n bigint primary key)",
                "insert into " + TOOLS + ".n with recursive n (n) as (select 0 union all select n + 1 from n where n < "
                        + (NUMBERS - 1) + ") select n from n");
        return database;
    }

    public MySqlServer server() {
        return server;
    }

    /** Where a program of the server's distribution lies, if it has it. */
    public Path program(String name) throws IOException {
        return Path.of("/proc", Long.toString(pid()), "exe").toRealPath().resolveSibling(name);
    }

    @Override
    public long pid() {
        return server.pid();
    }

    @Override
    public String url() {
        return "jdbc:mariadb://" + server.host() + ":" + server.port() + "/" + DATA + "?sslMode=disable&user="
                + server.user();
    }

    @Override
    public void load(Workload workload) throws SQLException {
        for (int number = 0; number < workload.tables(); number++) {
            String table = DATA + "." + Workload.table(number);
            unlogged("create table " + table + " (" + MySqlRow.COLUMNS + ")");
            for (long done = 0; done < workload.rowsPerTable(); done += ROWS_OF_A_STATEMENT) {
                unlogged(insert(table, done + 1, Math.min(done + ROWS_OF_A_STATEMENT, workload.rowsPerTable())));
            }
            unlogged("analyze table " + table);
        }
        // Some clients can't begin where no transaction has been yet.
        execute("create table " + TOOLS + ".loaded (n int primary key)");
    }

    /** New rows of one table by one statement. */
    private static String insert(String table, long first, long last) {
        long thousands = (last - first) / NUMBERS + 1;
        return String.format(
                Locale.ROOT,
                "insert into %s select %s from (select straight_join %d + b.n * %d + a.n as i from %s.n b join %s.n a"
                        + " where b.n < %d) s where i <= %d",
                table,
                MySqlRow.VALUES,
                first,
                NUMBERS,
                TOOLS,
                TOOLS,
                thousands,
                last);
    }

    @Override
    public void change(Workload workload) throws SQLException {
        for (int number = 0; number < workload.tables(); number++) {
            String procedure = TOOLS + ".change_" + number;
            unlogged(MySqlChanges.procedure(procedure, workload, DATA + "." + Workload.table(number)));
            execute("call " + procedure + "(" + workload.transactions() / workload.tables() + ")");
        }
    }

    @Override
    public void insertAtOnce(Workload workload, long rows) throws SQLException {
        long first = workload.rowsPerTable() + workload.changes() + 1;
        String table = DATA + "." + Workload.table(0);
        try (Connection connection = server.connect(DATA);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (long done = 0; done < rows; done += ROWS_OF_A_STATEMENT) {
                statement.execute(insert(table, first + done, first + Math.min(done + ROWS_OF_A_STATEMENT, rows) - 1));
            }
            connection.commit();
        }
    }

    /** In a result of a prepared statement: its length there is not asked of the server, which knows the row's in the table. */
    @Override
    public long bytesPerRow() throws SQLException {
        return Long.parseLong(query("select avg_row_length from information_schema.tables where table_schema = '" + DATA
                + "' and table_name = '" + Workload.table(0) + "'"));
    }

    /** Where the log ends, and the transactions before. */
    public LogPlace head() throws SQLException {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show master status")) {
            row.next();
            String gtids = server.release().isMariaDb() ? "" : row.getString(5);
            return new LogPlace(row.getString(1), row.getLong(2), gtids.replace("\n", ""));
        }
    }

    /** Bytes of the log's files. */
    public long logBytes() throws SQLException {
        long bytes = 0;
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement();
                ResultSet files = statement.executeQuery("show binary logs")) {
            while (files.next()) {
                bytes += files.getLong(2);
            }
        }
        return bytes;
    }

    /**
     * A place in the log.
     *
     * @param gtids of MySQL's transactions before it
     */
    public record LogPlace(String file, long offset, String gtids) {}

    @Override
    public String section(String pipeline, String where, boolean latest) {
        return """
                source:
                  type: mysql
                  hostname: %s
                  port: %d
                  username: %s
                  password: ""
                  sslmode: disabled
                  tables: %s.\\.*
                  server-id: 5401
                  scan.startup.mode: %s
                """.formatted(server.host(), server.port(), server.user(), where, latest ? "latest-offset" : "initial");
    }

    /** All is in the pipeline's own state. */
    @Override
    public Standpoint standpoint(String pipeline) {
        return new Standpoint() {
            @Override
            public Obligation rewind() {
                return () -> {};
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void forget(String pipeline) {}

    private void unlogged(String... statements) throws SQLException {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("set sql_log_bin = 0");
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = server.connect("");
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
