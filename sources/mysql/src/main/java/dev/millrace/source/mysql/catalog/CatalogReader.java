package dev.millrace.source.mysql.catalog;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.MySqlTable.Storage;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.wire.ServerSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the descriptions of tables: a handful of statements for each database, however many tables it has. They are of
 * now, also inside a transaction that sees an older state of the rows.
 */
public final class CatalogReader {
    private static final String NAMES = """
            select table_schema, table_name, table_type from information_schema.tables
            where table_type in ('BASE TABLE', 'SYSTEM VERSIONED')
                  and table_schema not in ('information_schema', 'mysql', 'performance_schema', 'sys')""";

    private static final String STORAGE = """
            select table_name, engine, create_time, coalesce(table_rows, 0), coalesce(data_length, 0), table_comment
            from information_schema.tables""";

    /** Grants on single columns hide the other ones from the catalog. */
    private static final String COLUMN_GRANTS = """
            select distinct table_schema, table_name from information_schema.column_privileges
            where privilege_type = 'SELECT'""";

    /** By default MySQL shows estimates that are up to a day old. The zone is that in which times of creation are told. */
    private static final String FRESH = "set session information_schema_stats_expiry = 0, time_zone = '+00:00'";

    private static final String FRESH_MARIADB = "set session time_zone = '+00:00'";

    private final ServerSession session;

    /** @param session whose zone is UTC from then on */
    public CatalogReader(ServerSession session) {
        this.session = session;
        session.execute(session.greeting().isMariaDb() ? FRESH_MARIADB : FRESH);
    }

    /**
     * The names of the tables that are wanted, as far as the user may see them.
     *
     * @throws MillraceException naming those that can't be captured
     */
    public SortedSet<TableId> names(Predicate<TableId> wanted) {
        SortedSet<TableId> names = new TreeSet<>();
        List<String> versioned = new ArrayList<>();
        for (List<@Nullable String> row : session.query(NAMES)) {
            TableId id = TableId.of(text(row, 0), text(row, 1));
            if (wanted.test(id)) {
                names.add(id);
                if (text(row, 2).equals("SYSTEM VERSIONED")) {
                    versioned.add(id.toString());
                }
            }
        }
        if (!versioned.isEmpty()) {
            throw new MillraceException(
                    MySqlError.UNSUPPORTED,
                    "These tables are system-versioned, and their log holds former rows among those of now: "
                            + String.join(", ", versioned) + ".",
                    "Leave them out with 'tables.exclude'.");
        }
        return names;
    }

    /**
     * The tables that are wanted, by name. Views and sequences are not among them, nor are the server's own tables.
     *
     * @throws MillraceException naming the tables that are wanted and can't be captured
     */
    public List<MySqlTable> read(Predicate<TableId> wanted) {
        SortedSet<TableId> names = names(wanted);
        requireAllColumns(names);
        return read(names);
    }

    /** Those of the tables that are there, by name. */
    public List<MySqlTable> read(Collection<TableId> wanted) {
        Map<String, List<TableId>> byDatabase =
                wanted.stream().collect(Collectors.groupingBy(TableId::database, TreeMap::new, Collectors.toList()));
        List<MySqlTable> tables = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        byDatabase.forEach((database, ids) -> {
            Scope scope = Scope.of(database, ids);
            Map<String, List<MySqlColumn>> columns = new ColumnReader(session).read(scope, refused);
            KeyReader keys = new KeyReader(session, scope);
            for (List<@Nullable String> row : session.query(STORAGE + scope.where())) {
                String name = text(row, 0);
                if (scope.names().contains(name)) {
                    List<MySqlColumn> its = columns.getOrDefault(name, List.of());
                    tables.add(new MySqlTable(
                            TableId.of(database, name), its, keys.of(name, its), storage(row), optional(row, 5)));
                }
            }
        });
        if (!refused.isEmpty()) {
            throw new MillraceException(
                    MySqlError.PRIVILEGE,
                    "The user may not select from these columns: " + String.join(", ", refused) + ".",
                    "Grant SELECT on the tables, or leave them out with 'tables.exclude'.");
        }
        tables.sort((one, other) -> one.id().compareTo(other.id()));
        return tables;
    }

    private void requireAllColumns(SortedSet<TableId> names) {
        for (List<@Nullable String> row : session.query(COLUMN_GRANTS)) {
            TableId id = TableId.of(text(row, 0), text(row, 1));
            if (names.contains(id)) {
                session.execute("select * from " + Quoting.name(id) + " limit 0");
            }
        }
    }

    private static Storage storage(List<@Nullable String> row) {
        return new Storage(text(row, 1), text(row, 2), Long.parseLong(text(row, 3)), Long.parseLong(text(row, 4)));
    }

    static String text(List<@Nullable String> row, int column) {
        return Objects.requireNonNullElse(row.get(column), "");
    }

    static Optional<String> optional(List<@Nullable String> row, int column) {
        return Optional.ofNullable(row.get(column)).filter(text -> !text.isEmpty());
    }
}
