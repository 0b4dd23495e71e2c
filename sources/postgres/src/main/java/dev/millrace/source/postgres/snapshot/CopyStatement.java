package dev.millrace.source.postgres.snapshot;

import dev.millrace.source.postgres.catalog.PgColumn;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.catalog.Quoting;
import dev.millrace.source.postgres.split.Chunks.Range;
import dev.millrace.source.postgres.types.KeyText;
import java.util.stream.Collectors;

/** The statement that reads a chunk. */
final class CopyStatement {
    private CopyStatement() {}

    static String of(PgTable table, Range range) {
        String from = switch (range) {
            case Range.Whole whole -> relation(table);
            case Range.Keys keys -> relation(table) + keys(table.column(keys.column()), keys);
            case Range.Pages pages ->
                " FROM ONLY " + table.storage().get(pages.storage()).name() + pages(pages);
        };
        String columns = table.columns().stream()
                .map(column -> Quoting.identifier(column.name()))
                .collect(Collectors.joining(", "));
        return "COPY (SELECT " + columns + from + ") TO STDOUT (FORMAT binary)";
    }

    /** Children of old-style inheritance are tables of their own; partitions are not. */
    static String relation(PgTable table) {
        return (table.partitioned() ? " FROM " : " FROM ONLY ") + table.quotedName();
    }

    private static String keys(PgColumn column, Range.Keys keys) {
        String name = Quoting.identifier(column.name());
        String lower = keys.lower()
                .map(bound -> name + " >= " + literal(column, bound))
                .orElse("");
        String upper =
                keys.upper().map(bound -> name + " < " + literal(column, bound)).orElse("");
        return " WHERE " + lower + (lower.isEmpty() || upper.isEmpty() ? "" : " AND ") + upper;
    }

    private static String literal(PgColumn column, byte[] bound) {
        return Quoting.literal(KeyText.of(column.type(), bound, 0, bound.length));
    }

    private static String pages(Range.Pages pages) {
        String from = " WHERE ctid >= '(" + pages.start() + ",0)'";
        return pages.end().map(end -> from + " AND ctid < '(" + end + ",0)'").orElse(from);
    }
}
