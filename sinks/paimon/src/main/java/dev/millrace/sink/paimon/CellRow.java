package dev.millrace.sink.paimon;

import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.Blob;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.InternalArray;
import org.apache.paimon.data.InternalMap;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.InternalVector;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.data.variant.Variant;
import org.apache.paimon.types.RowKind;

/** A row of a batch as Paimon wants to see it: a window that is moved from row to row. */
final class CellRow implements InternalRow {
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

    Cells column(int index) {
        return cells[index];
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

    @Override
    public boolean isNullAt(int pos) {
        return cells[pos].isNull(row);
    }

    @Override
    public boolean getBoolean(int pos) {
        return cells[pos].longAt(row) != 0;
    }

    @Override
    public byte getByte(int pos) {
        return (byte) cells[pos].longAt(row);
    }

    @Override
    public short getShort(int pos) {
        return (short) cells[pos].longAt(row);
    }

    @Override
    public int getInt(int pos) {
        return cells[pos].intAt(row);
    }

    @Override
    public long getLong(int pos) {
        return cells[pos].longAt(row);
    }

    @Override
    public float getFloat(int pos) {
        return (float) cells[pos].doubleAt(row);
    }

    @Override
    public double getDouble(int pos) {
        return cells[pos].doubleAt(row);
    }

    @Override
    public BinaryString getString(int pos) {
        return cells[pos].stringAt(row);
    }

    @Override
    public Decimal getDecimal(int pos, int precision, int scale) {
        return cells[pos].decimalAt(row, precision, scale);
    }

    @Override
    public Timestamp getTimestamp(int pos, int precision) {
        return cells[pos].timestampAt(row);
    }

    @Override
    public byte[] getBinary(int pos) {
        return cells[pos].binaryAt(row);
    }

    @Override
    public InternalArray getArray(int pos) {
        return cells[pos].arrayAt(row);
    }

    @Override
    public InternalMap getMap(int pos) {
        return cells[pos].mapAt(row);
    }

    @Override
    public InternalRow getRow(int pos, int fields) {
        return cells[pos].structAt(row);
    }

    @Override
    public Variant getVariant(int pos) {
        throw new UnsupportedOperationException("variant");
    }

    @Override
    public Blob getBlob(int pos) {
        throw new UnsupportedOperationException("blob");
    }

    @Override
    public InternalVector getVector(int pos) {
        throw new UnsupportedOperationException("vector");
    }
}
