package dev.millrace.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One version of a table's shape.
 *
 * @param version grows by one with each change of the table, from 1
 * @param columns in the table's order; names and ids are unique
 * @param key     indexes into {@code columns} of the primary key, in key order; empty for a table without a key
 * @param comment the table's comment at the source
 */
public record Schema(TableId table, int version, List<Column> columns, List<Integer> key, Optional<String> comment) {
    public Schema {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        Set<String> names = new HashSet<>();
        Set<Integer> ids = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.name()) || !ids.add(column.id())) {
                throw new IllegalArgumentException("column " + column.name() + " of " + table + " stands twice");
            }
        }
        for (int index : key) {
            if (columns.get(index).nullable()) {
                throw new IllegalArgumentException(
                        "key column " + columns.get(index).name() + " of " + table + " is nullable");
            }
        }
    }

    public Schema(TableId table, int version, List<Column> columns, List<Integer> key) {
        this(table, version, columns, key, Optional.empty());
    }

    /** The same shape under another table's name, as routing needs it. */
    public Schema withTable(TableId other) {
        return new Schema(other, version, columns, key, comment);
    }

    public boolean hasKey() {
        return !key.isEmpty();
    }

    /** The index of the column with this name, or -1. */
    public int indexOf(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        return -1;
    }
}
