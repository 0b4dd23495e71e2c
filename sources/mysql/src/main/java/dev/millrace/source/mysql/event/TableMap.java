package dev.millrace.source.mysql.event;

import dev.millrace.source.mysql.types.StoredColumn;
import java.util.List;

/**
 * What the log says about a table before it shows rows of it. The same object comes again while the log says the same, so
 * that what is made from it can be kept.
 *
 * @param primaryKey indexes of the key's columns; empty where there is none, or the log does not say
 * @param saysSigns  whether the log says which numbers have no sign
 */
public record TableMap(
        long number,
        String database,
        String table,
        List<StoredColumn> columns,
        List<Integer> primaryKey,
        boolean saysSigns) {
    public TableMap {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }

    /** Whether the log says what the columns are called. */
    public boolean hasNames() {
        return columns.stream().noneMatch(column -> column.name().isEmpty());
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
