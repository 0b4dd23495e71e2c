package dev.millrace.bench.ceiling;

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

/** A window on {@link MemoryRows}, moved from row to row, with a key of its own. */
final class MemoryRow implements InternalRow {
    private final MemoryRows rows;
    private int row;
    private long id;
    private RowKind kind = RowKind.INSERT;

    MemoryRow(MemoryRows rows) {
        this.rows = rows;
    }

    /** The row of this key; beyond those in memory their contents come round again. */
    MemoryRow of(RowKind newKind, long newId) {
        kind = newKind;
        id = newId;
        row = (int) ((newId - 1) % rows.size());
        return this;
    }

    @Override
    public int getFieldCount() {
        return MemoryRows.TYPE.getFieldCount();
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
        return rows.isNull(pos, row);
    }

    @Override
    public boolean getBoolean(int pos) {
        return rows.number(pos, row) != 0;
    }

    @Override
    public byte getByte(int pos) {
        return (byte) rows.number(pos, row);
    }

    @Override
    public short getShort(int pos) {
        return (short) rows.number(pos, row);
    }

    @Override
    public int getInt(int pos) {
        return (int) rows.number(pos, row);
    }

    @Override
    public long getLong(int pos) {
        return pos == 0 ? id : rows.number(pos, row);
    }

    @Override
    public float getFloat(int pos) {
        return (float) getDouble(pos);
    }

    @Override
    public double getDouble(int pos) {
        return Double.longBitsToDouble(rows.number(pos, row));
    }

    @Override
    public BinaryString getString(int pos) {
        return rows.text(pos, row);
    }

    @Override
    public Decimal getDecimal(int pos, int precision, int scale) {
        return Decimal.fromUnscaledLong(rows.number(pos, row), precision, scale);
    }

    @Override
    public Timestamp getTimestamp(int pos, int precision) {
        return Timestamp.fromMicros(rows.number(pos, row));
    }

    @Override
    public byte[] getBinary(int pos) {
        throw absent();
    }

    @Override
    public InternalArray getArray(int pos) {
        throw absent();
    }

    @Override
    public InternalMap getMap(int pos) {
        throw absent();
    }

    @Override
    public InternalRow getRow(int pos, int fields) {
        throw absent();
    }

    @Override
    public Variant getVariant(int pos) {
        throw absent();
    }

    @Override
    public Blob getBlob(int pos) {
        throw absent();
    }

    @Override
    public InternalVector getVector(int pos) {
        throw absent();
    }

    private static UnsupportedOperationException absent() {
        return new UnsupportedOperationException("The benchmark's row has no column of this type");
    }
}
