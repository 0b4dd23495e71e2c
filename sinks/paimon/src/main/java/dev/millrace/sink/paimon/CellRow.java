package dev.millrace.sink.paimon;

import dev.millrace.model.ChangeBatch;
import dev.millrace.schema.Column;
import java.util.List;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.types.RowKind;

/** A row of a batch as Paimon wants to see it: a window that is moved from row to row. */
final class CellRow extends CellGetters implements InternalRow {
    private final Cells[] cells;
    private int row;
    private RowKind kind = RowKind.INSERT;

    CellRow(Cells[] cells) {
        this.cells = cells;
    }

    /** A window over a batch, at its first row. */
    static CellRow over(ChangeBatch batch) {
        List<Column> columns = batch.schema().columns();
        Cells[] cells = new Cells[columns.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = new Cells(
                    batch.column(i), columns.get(i).type(), columns.get(i).nullable());
        }
        return new CellRow(cells);
    }

    /** Moves the window. */
    CellRow at(int newRow) {
        row = newRow;
        return this;
    }

    /** The same columns in a window of its own. */
    CellRow another() {
        return new CellRow(cells);
    }

    /** Some of the columns, in another order, in a window of its own. */
    CellRow select(int[] columns) {
        Cells[] selected = new Cells[columns.length];
        for (int i = 0; i < columns.length; i++) {
            selected[i] = cells[columns[i]];
        }
        return new CellRow(selected);
    }

    @Override
    Cells cells(int pos) {
        return cells[pos];
    }

    @Override
    int index(int pos) {
        return row;
    }

    @Override
    public int getFieldCount() {
        return cells.length;
    }

    @Override
    public RowKind getRowKind() {
        return kind;
    }

    @Override
    public void setRowKind(RowKind newKind) {
        kind = newKind;
    }
}
