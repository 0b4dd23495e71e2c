package dev.millrace.source.mysql.history;

import dev.millrace.schema.TableId;

/** What a statement of the log does to a captured table. */
public sealed interface TableEffect {
    TableId table();

    /** Every row is gone. */
    record Truncated(TableId table) implements TableEffect {}

    /** Another table has the name from now on, or none. */
    record Replaced(TableId table, String how) implements TableEffect {}

    /** Its columns or its key may be others than before. */
    record Altered(TableId table) implements TableEffect {}

    /** Rows come or go that the log does not show. */
    record RowsChanged(TableId table, String how) implements TableEffect {}

    /** It names the table, and can't be read. */
    record Unclear(TableId table, String why) implements TableEffect {}
}
