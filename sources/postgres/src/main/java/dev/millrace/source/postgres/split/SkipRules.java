package dev.millrace.source.postgres.split;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The skip rules of all tables that have any, by the table's oid. After a snapshot without interruption there are none.
 *
 * @param tables by oid, as relation messages name the table
 */
public record SkipRules(Map<Integer, TableSkips> tables) {
    public static final SkipRules NONE = new SkipRules(Map.of());

    public SkipRules {
        tables = Map.copyOf(tables);
    }

    /** The table's rules; null where no change of it has to be skipped. */
    public @Nullable TableSkips forTable(int oid) {
        return tables.get(oid);
    }
}
