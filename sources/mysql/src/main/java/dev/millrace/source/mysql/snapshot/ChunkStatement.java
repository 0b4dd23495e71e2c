package dev.millrace.source.mysql.snapshot;

import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.catalog.Quoting;
import dev.millrace.source.mysql.split.Range;
import java.util.stream.Collectors;

/** The statement that reads a chunk. */
final class ChunkStatement {
    private ChunkStatement() {}

    /** All columns by name, so that invisible ones are among them. */
    static String of(MySqlTable table, Range range) {
        String columns = table.columns().stream()
                .map(column -> Quoting.identifier(column.name()))
                .collect(Collectors.joining(", "));
        String select = "select " + columns + " from " + table.quotedName();
        return switch (range) {
            case Range.Whole whole -> select;
            // A chunk has to cost what it holds, whatever the server thinks of its statistics.
            case Range.Keys keys -> select + index(table) + " where " + KeyCondition.of(table, keys);
        };
    }

    static String index(MySqlTable table) {
        return " force index (" + Quoting.identifier(table.identity().index()) + ")";
    }
}
