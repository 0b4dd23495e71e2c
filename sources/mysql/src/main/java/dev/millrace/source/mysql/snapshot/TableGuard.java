package dev.millrace.source.mysql.snapshot;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.CatalogReader;
import dev.millrace.source.mysql.catalog.ColumnType;
import dev.millrace.source.mysql.catalog.MySqlColumn;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.wire.ServerSession;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sees that tables which were just read are still those of the catalog by which they were read. The server itself refuses to show a table as it
 * was before it was rebuilt or truncated; but another table that took the name shows what it held then, and
 * so does one whose columns took each other's names. The sessions that have read keep the tables as they are until they are asked.
 * Asked in a session of its own: the catalog is looked at as it is.
 */
final class TableGuard implements AutoCloseable {
    private final Supplier<ServerSession> sessions;
    private @Nullable CatalogReader catalog;
    private @Nullable ServerSession session;

    TableGuard(Supplier<ServerSession> sessions) {
        this.sessions = sessions;
    }

    /** @throws MillraceException naming the tables that are others */
    void requireUnchanged(Collection<MySqlTable> tables) {
        Map<TableId, MySqlTable> now = catalog()
                .read(tables.stream().map(MySqlTable::id).toList())
                .stream()
                .collect(Collectors.toMap(MySqlTable::id, Function.identity()));
        List<String> others = tables.stream()
                .filter(table -> !isSame(table, now.get(table.id())))
                .map(table -> table.id().toString())
                .sorted()
                .toList();
        if (!others.isEmpty()) {
            throw new MillraceException(
                    MySqlError.REWRITTEN,
                    "Truncated, altered or exchanged while the snapshot was being read: " + String.join(", ", others)
                            + ".",
                    "Their snapshots begin anew.");
        }
    }

    private static boolean isSame(MySqlTable then, @Nullable MySqlTable now) {
        return now != null
                && then.storage().created().equals(now.storage().created())
                && names(then).equals(names(now))
                && types(then).equals(types(now));
    }

    private static List<String> names(MySqlTable table) {
        return table.columns().stream().map(MySqlColumn::name).toList();
    }

    private static List<ColumnType> types(MySqlTable table) {
        return table.columns().stream().map(MySqlColumn::type).toList();
    }

    private CatalogReader catalog() {
        CatalogReader reader = catalog;
        if (reader == null) {
            ServerSession opened = sessions.get();
            session = opened;
            reader = new CatalogReader(opened);
            catalog = reader;
        }
        return reader;
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }
}
