package dev.millrace.source.mysql.history;

import dev.millrace.schema.TableId;
import java.util.List;

/** What a statement of the log does to a captured table. */
public sealed interface TableEffect {
    TableId table();

    /** Every row is gone. */
    record Truncated(TableId table) implements TableEffect {}

    /** Another table has the name from now on, or none. */
    record Replaced(TableId table, String how) implements TableEffect {}

    /**
     * Its columns or its key may be others than before.
     *
     * @param columns what was said of those that it had
     */
    record Altered(TableId table, List<ColumnChange> columns) implements TableEffect {
        public Altered {
            columns = List.copyOf(columns);
        }

        Altered(TableId table) {
            this(table, List.of());
        }
    }

    /** Rows come or go that the log does not show. */
    record RowsChanged(TableId table, String how) implements TableEffect {}

    /** It names the table, and can't be read. */
    record Unclear(TableId table, String why) implements TableEffect {}
}
