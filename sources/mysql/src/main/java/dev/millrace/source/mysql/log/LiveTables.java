package dev.millrace.source.mysql.log;

import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.CatalogReader;
import dev.millrace.source.mysql.catalog.MySqlColumn;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.history.ColumnChange;
import dev.millrace.source.mysql.history.TypeText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks at tables in the catalog as it is now. The catalog may be ahead of the log: then a change is found before the first row
 * that it concerns, and one that was undone is not found, as no row shows it either. Hence what may change values that the
 * log does not show is known by the statement alone.
 */
final class LiveTables {
    private final Supplier<CatalogReader> catalog;
    private final Map<TableId, MySqlTable> tracked = new HashMap<>();

    /** @param tables as they were when reading began */
    LiveTables(Supplier<CatalogReader> catalog, List<MySqlTable> tables) {
        this.catalog = catalog;
        tables.forEach(table -> tracked.put(table.id(), table));
    }

    /** What about the table is not as it was, for people; empty where its rows can be read, and told apart, as before. */
    Optional<String> difference(TableId id) {
        MySqlTable before = tracked.get(id);
        if (before == null) {
            return Optional.empty();
        }
        List<MySqlTable> found = catalog.get().read(List.of(id));
        return found.isEmpty() ? Optional.of("it is not there") : difference(before, found.getFirst());
    }

    /** What was said of columns of the table that may have changed rows, however it looks now; for people. */
    Optional<String> rewritten(TableId id, List<ColumnChange> changes) {
        MySqlTable before = tracked.get(id);
        return before == null
                ? Optional.empty()
                : changes.stream()
                        .flatMap(change -> rewritten(before.columns(), change).stream())
                        .findFirst();
    }

    private static Optional<String> rewritten(List<MySqlColumn> columns, ColumnChange change) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(change.column())) {
                String before = i == 0 ? "" : columns.get(i - 1).name();
                return switch (change) {
                    case ColumnChange.Dropped dropped -> Optional.of("column " + dropped.column() + " was dropped");
                    case ColumnChange.Defined defined -> rewritten(columns.get(i), before, defined);
                };
            }
        }
        return Optional.empty();
    }

    /** @param before the column in front of it, or nothing */
    private static Optional<String> rewritten(MySqlColumn column, String before, ColumnChange.Defined said) {
        String name = "column " + column.name();
        if (said.generated()) {
            return Optional.of("values of " + name + " were computed anew");
        }
        if (said.notNull() && column.nullable()) {
            return Optional.of(name + " was made NOT NULL, which puts other values for its NULLs");
        }
        if (!said.type().equals(TypeText.of(column.type().text()))) {
            return Optional.of(name + " was " + column.type().text() + " and was made " + said.type());
        }
        if (said.characterSet().filter(set -> !isSame(set, column)).isPresent()) {
            return Optional.of(name + " was made one of another character set");
        }
        return said.after()
                .filter(after -> !after.equalsIgnoreCase(before))
                .map(after -> name + " was put at another place");
    }

    private static boolean isSame(String set, MySqlColumn column) {
        String known = column.type().characterSet();
        return set.equals(known) || set.equals("utf8") && known.equals("utf8mb3");
    }

    private static Optional<String> difference(MySqlTable before, MySqlTable now) {
        if (before.columns().size() != now.columns().size()) {
            return Optional.of("it has " + now.columns().size() + " columns where "
                    + before.columns().size() + " are known");
        }
        for (int i = 0; i < before.columns().size(); i++) {
            MySqlColumn column = before.columns().get(i);
            MySqlColumn other = now.columns().get(i);
            if (!column.name().equals(other.name())) {
                return Optional.of("column " + column.name() + " is called " + other.name());
            }
            if (!column.type().equals(other.type())) {
                return Optional.of("column " + column.name() + " was "
                        + column.type().text() + " and is " + other.type().text());
            }
            if (!column.nullable() && other.nullable()) {
                return Optional.of("column " + column.name() + " was NOT NULL, and is not any more");
            }
        }
        return before.hasKey() && !before.key().equals(now.key())
                ? Optional.of("its key is " + now.keyNames() + " and was " + before.keyNames())
                : Optional.empty();
    }
}
