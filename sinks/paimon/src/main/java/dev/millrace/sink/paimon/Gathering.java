package dev.millrace.sink.paimon;

import dev.millrace.model.BytesVector;
import dev.millrace.model.ColumnVector;
import dev.millrace.model.DoubleVector;
import dev.millrace.model.LongVector;
import dev.millrace.model.VectorBuilder;
import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import java.util.List;

/**
 * Copies rows that lie scattered over many batches next to each other, column by column. Written row by row from where they
 * lie, each of their cells would wait for memory on its own; a column's cells are fetched many at a time, which halves the
 * cost of writing updates in random order.
 */
final class Gathering {
    /** So many rows at once stay within a core's cache. */
    static final int ROWS = 4096;

    private final RowBuffer buffer;
    private final List<Column> columns;
    private final VectorBuilder[] builders;

    private Gathering(RowBuffer buffer, List<Column> columns) {
        this.buffer = buffer;
        this.columns = columns;
        this.builders =
                columns.stream().map(column -> VectorBuilder.of(column.type())).toArray(VectorBuilder[]::new);
    }

    /** Whether it is worth it: most rows are not followed by their neighbour, and no cell is a list or a map. */
    static boolean pays(int[] sorted, List<Column> columns) {
        int jumps = 0;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] != sorted[i - 1] + 1) {
                jumps++;
            }
        }
        return jumps > sorted.length / 2 && columns.stream().allMatch(Gathering::isPlain);
    }

    static Gathering of(RowBuffer buffer, List<Column> columns) {
        return new Gathering(buffer, columns);
    }

    /** A window over the rows at the first {@code count} of these positions, in this order. */
    CellRow gather(int[] positions, int count) {
        Cells[] gathered = new Cells[builders.length];
        for (int column = 0; column < gathered.length; column++) {
            copy(column, positions, count);
            gathered[column] = new Cells(
                    builders[column].build(),
                    columns.get(column).type(),
                    columns.get(column).nullable());
        }
        return new CellRow(gathered);
    }

    private void copy(int column, int[] positions, int count) {
        ColumnVector[] sources = buffer.batches().stream()
                .map(batch -> batch.cells(column).vector())
                .toArray(ColumnVector[]::new);
        for (int i = 0; i < count; i++) {
            ColumnVector source = sources[buffer.batchOf(positions[i])];
            int row = buffer.rowOf(positions[i]);
            if (source.isNull(row)) {
                builders[column].appendNull();
            } else if (source.isUnchanged(row)) {
                builders[column].appendUnchanged();
            } else {
                append(builders[column], source, row);
            }
        }
    }

    private static void append(VectorBuilder builder, ColumnVector source, int row) {
        switch (builder) {
            case LongVector.Builder longs -> longs.append(((LongVector) source).get(row));
            case DoubleVector.Builder doubles -> doubles.append(((DoubleVector) source).get(row));
            case BytesVector.Builder bytes -> {
                BytesVector cells = (BytesVector) source;
                bytes.appendCell(cells.data(), cells.start(row), cells.end(row) - cells.start(row));
            }
            default -> throw new IllegalArgumentException("nested cells are not gathered");
        }
    }

    private static boolean isPlain(Column column) {
        return !(column.type() instanceof DataType.Array
                || column.type() instanceof DataType.MapOf
                || column.type() instanceof DataType.Struct);
    }
}
