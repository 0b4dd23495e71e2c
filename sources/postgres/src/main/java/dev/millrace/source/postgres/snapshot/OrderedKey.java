package dev.millrace.source.postgres.snapshot;

import dev.millrace.source.postgres.catalog.PgColumn;
import dev.millrace.source.postgres.catalog.PgType;
import dev.millrace.source.postgres.split.KeyOrder;
import java.util.Optional;

/**
 * The first column of a key, where its values can be put in the server's order here.
 *
 * @param whole its values are whole numbers, between which bounds can be computed
 */
record OrderedKey(PgColumn column, KeyOrder order, boolean whole) {

    /** @param plainBytes whether the server orders the column's texts byte by byte */
    static Optional<OrderedKey> of(PgColumn column, boolean plainBytes) {
        PgType type = column.type().base();
        if (!type.isBuiltIn()) {
            return Optional.empty();
        }
        return switch (type.name()) {
            case "int2", "int4", "int8" -> Optional.of(new OrderedKey(column, KeyOrder.SIGNED, true));
            case "date", "time", "timestamp", "timestamptz" ->
                Optional.of(new OrderedKey(column, KeyOrder.SIGNED, false));
            case "uuid", "bytea", "oid" -> Optional.of(new OrderedKey(column, KeyOrder.BYTES, false));
            case "text", "varchar", "name" ->
                plainBytes ? Optional.of(new OrderedKey(column, KeyOrder.BYTES, false)) : Optional.empty();
            case "numeric" -> Optional.of(new OrderedKey(column, KeyOrder.NUMERIC, false));
            default -> Optional.empty();
        };
    }
}
