package dev.millrace.source.mysql.catalog;

import static dev.millrace.source.mysql.catalog.CatalogReader.optional;
import static dev.millrace.source.mysql.catalog.CatalogReader.text;

import dev.millrace.source.mysql.catalog.ColumnType.Size;
import dev.millrace.source.mysql.catalog.MySqlColumn.Generated;
import dev.millrace.source.mysql.wire.ServerSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what the catalog says of columns. */
final class ColumnReader {
    private static final String COLUMNS = """
            select table_name, column_name, data_type, column_type, character_set_name, collation_name,
                   coalesce(character_maximum_length, 0), coalesce(character_octet_length, 0),
                   coalesce(numeric_precision, datetime_precision, 0), coalesce(numeric_scale, 0),
                   is_nullable, extra, column_comment, column_default, privileges
            from information_schema.columns""";

    /** MariaDB's {@code JSON} is a text with a condition. */
    private static final String JSON = """
            select table_name, check_clause from information_schema.check_constraints
            where check_clause like 'json_valid(%' and constraint_schema =""";

    private final ServerSession session;

    ColumnReader(ServerSession session) {
        this.session = session;
    }

    /**
     * The columns of each table, by its name.
     *
     * @param refused takes the names of columns that the user may not read
     */
    Map<String, List<MySqlColumn>> read(Scope scope, List<String> refused) {
        Set<String> json = json(scope);
        Map<String, List<MySqlColumn>> found = new HashMap<>();
        for (List<@Nullable String> row :
                session.query(COLUMNS + scope.where() + " order by table_name, ordinal_position")) {
            String table = text(row, 0);
            if (!scope.names().contains(table)) {
                continue;
            }
            String name = text(row, 1);
            if (!text(row, 14).contains("select")) {
                refused.add(name + " of " + scope.database() + "." + table);
            }
            boolean isJson = json.contains(table + "\0json_valid(" + Quoting.identifier(name) + ")");
            found.computeIfAbsent(table, missing -> new ArrayList<>()).add(column(row, isJson));
        }
        return found;
    }

    private Set<String> json(Scope scope) {
        Set<String> found = new HashSet<>();
        if (session.greeting().isMariaDb()) {
            session.query(JSON + " " + Quoting.literal(scope.database()))
                    .forEach(row -> found.add(text(row, 0) + "\0" + text(row, 1)));
        }
        return found;
    }

    private static MySqlColumn column(List<@Nullable String> row, boolean isJson) {
        String extra = text(row, 11).toUpperCase(Locale.ROOT);
        return new MySqlColumn(
                text(row, 1),
                type(row, isJson),
                text(row, 10).equals("YES"),
                generated(extra),
                !extra.contains("INVISIBLE"),
                optional(row, 12),
                Optional.ofNullable(row.get(13)));
    }

    private static ColumnType type(List<@Nullable String> row, boolean isJson) {
        String name = text(row, 2).toLowerCase(Locale.ROOT);
        String whole = text(row, 3);
        return new ColumnType(
                isJson && name.equals("longtext") ? "json" : name,
                whole,
                text(row, 4),
                text(row, 5),
                new Size(number(row, 6), number(row, 7), (int) number(row, 8), (int) number(row, 9)),
                name.equals("enum") || name.equals("set") ? Labels.of(whole) : List.of());
    }

    private static long number(List<@Nullable String> row, int column) {
        return Long.parseLong(text(row, column));
    }

    /** {@code DEFAULT_GENERATED} is something else: a default that is an expression. */
    private static Generated generated(String extra) {
        if (extra.contains("VIRTUAL GENERATED")) {
            return Generated.VIRTUAL;
        }
        return extra.contains("STORED GENERATED") ? Generated.STORED : Generated.NO;
    }
}
