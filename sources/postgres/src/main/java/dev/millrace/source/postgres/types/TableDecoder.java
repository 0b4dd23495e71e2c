package dev.millrace.source.postgres.types;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.Column;
import dev.millrace.schema.Schema;
import dev.millrace.source.postgres.catalog.PgColumn;
import dev.millrace.source.postgres.catalog.PgTable;
import java.util.ArrayList;
import java.util.List;

/**
 * A table's shape and how its rows are read.
 *
 * @param schema   columns in the table's order, with {@code attnum} as their ids
 * @param decoders one a column of the schema
 */
public record TableDecoder(Schema schema, List<CellDecoder> decoders) {
    public TableDecoder {
        decoders = List.copyOf(decoders);
    }

    /** @throws MillraceException naming the first column whose type has no lossless mapping */
    public static TableDecoder of(PgTable table) {
        List<Column> columns = new ArrayList<>();
        List<CellDecoder> decoders = new ArrayList<>();
        for (PgColumn column : table.columns()) {
            MappedType mapped = map(table, column);
            columns.add(new Column(
                    column.number(),
                    column.name(),
                    mapped.type(),
                    !column.notNull() && !table.key().contains(column.number()),
                    column.comment()));
            decoders.add(mapped.decoder());
        }
        List<Integer> numbers = columns.stream().map(Column::id).toList();
        List<Integer> key = table.key().stream().map(numbers::indexOf).toList();
        return new TableDecoder(new Schema(table.id(), 1, columns, key, table.comment()), decoders);
    }

    private static MappedType map(PgTable table, PgColumn column) {
        try {
            return TypeMapping.map(column);
        } catch (MillraceException refused) {
            throw new MillraceException(
                    refused.code(),
                    "Column " + column.name() + " of " + table.id() + ": " + refused.getMessage(),
                    refused.nextStep(),
                    refused);
        }
    }

    /**
     * A refused value with its place.
     *
     * @param column   index into the schema's columns
     * @param key      the row's key as far as known, as text for people
     * @param position where it was read: a place in the log, or the snapshot's chunk
     */
    public MillraceException locate(MillraceException refused, int column, String key, String position) {
        return new MillraceException(
                refused.code(),
                "Column " + schema.columns().get(column).name() + " of " + schema.table() + ", row " + key + ", at "
                        + position + ": " + refused.getMessage(),
                refused.nextStep(),
                refused);
    }
}
