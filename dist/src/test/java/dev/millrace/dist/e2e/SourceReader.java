package dev.millrace.dist.e2e;

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

/** Reads a PostgreSQL schema by plain SQL, each cell as the same canonical text that {@link PaimonReader} gives. */
final class SourceReader {
    private final Connection connection;

    SourceReader(Connection connection) {
        this.connection = connection;
    }

    /** Tables by name; partitions are part of theirs. */
    List<String> tables(String schema) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
                                + " AND relnamespace = '" + schema + "'::regnamespace ORDER BY 1")) {
            while (found.next()) {
                tables.add(found.getString(1));
            }
        }
        return tables;
    }

    List<Map<String, @Nullable String>> rows(String schema, String table) throws SQLException {
        Map<String, String> columns = columns(schema, table);
        List<Map<String, @Nullable String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT " + String.join(", ", columns.values()) + " FROM "
                        + quoted(schema) + "." + quoted(table))) {
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
    private Map<String, String> columns(String schema, String table) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = '" + schema
                                + "' AND table_name = '" + table + "' ORDER BY ordinal_position")) {
            while (found.next()) {
                columns.put(found.getString(1), expression(quoted(found.getString(1)), found.getString(2)));
            }
        }
        return columns;
    }

    private static String expression(String column, String type) {
        return switch (type) {
            case "timestamp with time zone", "timestamp without time zone" ->
                "(extract(epoch FROM " + column + ") * 1000000)::bigint::text";
            case "date" -> "(" + column + " - date '1970-01-01')::text";
            case "ARRAY" -> "'[' || array_to_string(" + column + ", ', ', 'null') || ']'";
            // Both sides write such a number as the shortest decimal that reads back as the same, in different
            // notation.
            case "double precision", "real" -> "trim_scale(" + column + "::text::numeric)::text";
            default -> column + "::text";
        };
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
