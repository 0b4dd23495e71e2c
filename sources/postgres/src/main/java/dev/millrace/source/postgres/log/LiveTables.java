package dev.millrace.source.postgres.log;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.catalog.PgColumn;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.failure.WayOut;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks at tables in the catalog as it is now. The log names columns without their numbers and says nothing of keys that it
 * does not need, but describes a table again after each change of it; a look after such a description finds what it hides.
 * The catalog may be ahead of the log: then a change is found before the first row that it concerns. Types are not looked at,
 * because the log says them.
 */
final class LiveTables {
    private static final String COLUMNS = """
            select attrelid::int8, attnum, attname from pg_attribute
            where attrelid = any (?::oid[]) and attnum > 0 and not attisdropped""";

    /** Those that tell rows apart at any moment. */
    private static final String KEYS = """
            select indrelid::int8, array_to_string((indkey::int2[])[0:indnkeyatts - 1], ',') from pg_index
            where indrelid = any (?::oid[]) and indisunique and indisvalid and indimmediate
                  and indpred is null and indexprs is null""";

    private final Connection connection;

    LiveTables(Connection connection) {
        this.connection = connection;
    }

    /** @throws MillraceException where rows of one of the tables can't be told apart, or read, as they were */
    void requireSame(Collection<PgTable> tables) throws SQLException {
        if (tables.isEmpty()) {
            return;
        }
        String oids = tables.stream()
                .map(table -> Integer.toUnsignedString(table.oid()))
                .collect(Collectors.joining(",", "{", "}"));
        Map<Integer, Map<Integer, String>> columns = columns(oids);
        Map<Integer, List<Set<Integer>>> keys = keys(oids);
        for (PgTable table : tables) {
            // A table that is gone by now can still be read up to its end.
            Map<Integer, String> live = columns.get(table.oid());
            if (live != null) {
                difference(table, live)
                        .or(() -> difference(table, keys.getOrDefault(table.oid(), List.of())))
                        .ifPresent(what -> refuse(table, what));
            }
        }
    }

    private static Optional<String> difference(PgTable table, Map<Integer, String> live) {
        for (PgColumn column : table.columns()) {
            String now = live.get(column.number());
            if (now == null) {
                boolean again = live.containsValue(column.name());
                return Optional.of("column " + column.name() + (again ? " was dropped and made again" : " is gone"));
            }
            if (!now.equals(column.name())) {
                return Optional.of("column " + column.name() + " is called " + now);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> difference(PgTable table, List<Set<Integer>> keys) {
        return !table.hasKey() || keys.stream().anyMatch(table.key()::containsAll)
                ? Optional.empty()
                : Optional.of("its primary key or unique indexes no longer tell its rows apart by "
                        + String.join(", ", table.keyNames()));
    }

    private Map<Integer, Map<Integer, String>> columns(String oids) throws SQLException {
        Map<Integer, Map<Integer, String>> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, oids);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.computeIfAbsent((int) rows.getLong(1), oid -> new HashMap<>())
                            .put(rows.getInt(2), rows.getString(3));
                }
            }
        }
        return found;
    }

    private Map<Integer, List<Set<Integer>>> keys(String oids) throws SQLException {
        Map<Integer, List<Set<Integer>>> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(KEYS)) {
            statement.setString(1, oids);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.computeIfAbsent((int) rows.getLong(1), oid -> new ArrayList<>())
                            .add(Arrays.stream(rows.getString(2).split(",", -1))
                                    .map(Integer::valueOf)
                                    .collect(Collectors.toSet()));
                }
            }
        }
        return found;
    }

    private static void refuse(PgTable table, String what) {
        throw new MillraceException(
                PostgresError.SCHEMA,
                "Table " + table.id() + " has changed: " + what + ".",
                "Nothing since the change was kept. " + WayOut.READ_TABLE_AGAIN);
    }
}
