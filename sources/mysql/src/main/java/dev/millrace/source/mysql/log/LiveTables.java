package dev.millrace.source.mysql.log;

import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.CatalogReader;
import dev.millrace.source.mysql.catalog.MySqlColumn;
import dev.millrace.source.mysql.catalog.MySqlTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks at tables in the catalog as it is now. The catalog may be ahead of the log: then a change is found before the first row
 * that it concerns, and one that was undone is not found, as no row shows it either.
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
