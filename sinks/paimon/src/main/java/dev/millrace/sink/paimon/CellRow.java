package dev.millrace.sink.paimon;

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
