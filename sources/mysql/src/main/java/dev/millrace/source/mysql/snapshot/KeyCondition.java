package dev.millrace.source.mysql.snapshot;

import dev.millrace.source.mysql.catalog.ColumnType;
import dev.millrace.source.mysql.catalog.MySqlColumn;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.catalog.Quoting;
import dev.millrace.source.mysql.split.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * Conditions on a key, for statements. Values are compared by the server, in the column's own character set and collation.
 * Rows are compared column by column, as no server uses an index for comparisons of whole rows.
 */
final class KeyCondition {
    private KeyCondition() {}

    static String of(MySqlTable table, Range.Keys range) {
        List<String> conditions = new ArrayList<>();
        range.lower().ifPresent(bound -> conditions.add(from(columns(table, range, bound), bound)));
        range.upper().ifPresent(bound -> conditions.add(before(columns(table, range, bound), bound)));
        return String.join(" and ", conditions);
    }

    private static List<MySqlColumn> columns(MySqlTable table, Range.Keys range, List<String> bound) {
        return range.columns().subList(0, bound.size()).stream()
                .map(index -> table.columns().get(index))
                .toList();
    }

    /** At the bound or behind it. */
    static String from(List<MySqlColumn> columns, List<String> bound) {
        return comparison(columns, bound, ">", ">=");
    }

    static String before(List<MySqlColumn> columns, List<String> bound) {
        return comparison(columns, bound, "<", "<");
    }

    private static String comparison(List<MySqlColumn> columns, List<String> bound, String strict, String last) {
        int end = bound.size() - 1;
        StringBuilder condition = new StringBuilder(compared(columns.get(end), last, bound.get(end)));
        for (int i = end - 1; i >= 0; i--) {
            MySqlColumn column = columns.get(i);
            condition
                    .insert(
                            0,
                            compared(column, strict, bound.get(i)) + " or " + compared(column, "=", bound.get(i))
                                    + " and (")
                    .append(')');
        }
        return "(" + condition + ")";
    }

    static String compared(MySqlColumn column, String operator, String value) {
        return Quoting.identifier(column.name()) + ' ' + operator + ' ' + literal(column.type(), value);
    }

    /** @param value as a bound is written, see {@link dev.millrace.source.mysql.split.KeyOrder} */
    static String literal(ColumnType type, String value) {
        return switch (type.name()) {
            case "char", "varchar" -> "_" + type.characterSet() + " x'" + value + "'";
            case "binary", "varbinary" -> "x'" + value + "'";
            default -> type.isNumber() ? value : "'" + value + "'";
        };
    }

    /** What gives a column's value as a bound is written. */
    static String printed(MySqlColumn column, String value) {
        return switch (column.type().name()) {
            case "char", "varchar", "binary", "varbinary" -> "hex(" + value + ")";
            default -> value;
        };
    }
}
