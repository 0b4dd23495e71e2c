package dev.millrace.source.mysql.log;

import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.catalog.TableDecoder;
import dev.millrace.source.mysql.split.LogSplit;
import dev.millrace.source.mysql.split.TableSkips;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tables whose changes are read, by their names in the log. */
final class TrackedTables {
    private final Map<String, Map<String, TableChanges>> byDatabase = new HashMap<>();

    TrackedTables(LogSplit.Target target, Function<MySqlTable, TableDecoder> decoders) {
        for (MySqlTable table : target.tables()) {
            TableSkips skips = target.skips().forTable(table.id());
            ContainedChanges contained = skips == null ? null : new ContainedChanges(skips, target.epochs());
            byDatabase
                    .computeIfAbsent(table.id().database(), database -> new HashMap<>())
                    .put(table.id().name(), new TableChanges(table, decoders.apply(table), contained));
        }
    }

    @Nullable
    TableChanges named(String database, String name) {
        Map<String, TableChanges> tables = byDatabase.get(database);
        return tables == null ? null : tables.get(name);
    }

    @Nullable
    TableChanges of(TableId id) {
        return named(id.database(), id.name());
    }
}
