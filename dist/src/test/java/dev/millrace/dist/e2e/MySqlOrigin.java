package dev.millrace.dist.e2e;

import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.servers.MySqlSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** MySQL or MariaDB. */
record MySqlOrigin(MySqlServer server) implements Origin {
    static MySqlOrigin started(MySqlRelease release) {
        MySqlServer server = MySqlServer.started(MySqlSettings.of(release));
        server.createDatabase(DATABASE);
        return new MySqlOrigin(server);
    }

    @Override
    public Connection connect() throws SQLException {
        return server.connect(DATABASE);
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public String section(int port) {
        return """
                  type: %s
                  hostname: 127.0.0.1
                  port: %d
                  username: root
                  password: ''
                  tables: shop.\\.*
                """.formatted(server.release().isMariaDb() ? "mariadb" : "mysql", port);
    }

    @Override
    public String namespace() {
        return DATABASE;
    }

    @Override
    public Dialect dialect() {
        return Dialect.MYSQL;
    }

    @Override
    public List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select table_name from information_schema.tables"
                        + " where table_schema = '" + DATABASE + "' order by 1")) {
            while (found.next()) {
                tables.add(found.getString(1));
            }
        }
        return tables;
    }

    @Override
    public List<Map<String, @Nullable String>> rows(Connection connection, String table) throws SQLException {
        Map<String, String> columns = columns(connection, table);
        List<Map<String, @Nullable String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select " + String.join(", ", columns.values()) + " from `" + table + "`")) {
            while (found.next()) {
                Map<String, @Nullable String> cells = new HashMap<>();
                int i = 1;
                for (String column : columns.keySet()) {
                    cells.put(column, found.getString(i++));
                }
                rows.add(cells);
            }
        }
        return rows;
    }

    /** Column name to the expression that gives its canonical text. */
    private static Map<String, String> columns(Connection connection, String table) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select column_name, data_type from information_schema.columns where table_schema = '"
                                + DATABASE + "' and table_name = '" + table + "' order by ordinal_position")) {
            while (found.next()) {
                String column = "`" + found.getString(1) + "`";
                columns.put(
                        found.getString(1),
                        switch (found.getString(2)) {
                            case "datetime", "timestamp" ->
                                "cast(timestampdiff(microsecond, '1970-01-01', " + column + ") as char)";
                            case "date" -> "cast(datediff(" + column + ", '1970-01-01') as char)";
                            default -> column;
                        });
            }
        }
        return columns;
    }

    @Override
    public void kill9() {
        server.kill9();
    }

    @Override
    public void start() {
        server.start();
    }

    @Override
    public void endReaders() throws SQLException {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            List<Long> readers = new ArrayList<>();
            try (ResultSet found = statement.executeQuery(
                    "select id from information_schema.processlist where command like 'Binlog Dump%'")) {
                while (found.next()) {
                    readers.add(found.getLong(1));
                }
            }
            for (long reader : readers) {
                statement.execute("kill " + reader);
            }
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
