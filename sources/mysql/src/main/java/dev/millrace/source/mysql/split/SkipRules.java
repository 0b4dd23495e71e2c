package dev.millrace.source.mysql.split;

import dev.millrace.schema.TableId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The skip rules of all tables that have any. After a snapshot without interruption there are none. */
public record SkipRules(Map<TableId, TableSkips> tables) {
    public static final SkipRules NONE = new SkipRules(Map.of());

    public SkipRules {
        tables = Map.copyOf(tables);
    }

    /** The table's rules; null where no change of it has to be skipped. */
    public @Nullable TableSkips forTable(TableId table) {
        return tables.get(table);
    }
}
