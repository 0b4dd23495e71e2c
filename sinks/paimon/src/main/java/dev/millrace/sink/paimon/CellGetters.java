package dev.millrace.sink.paimon;

import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.Blob;
import org.apache.paimon.data.DataGetters;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.InternalArray;
import org.apache.paimon.data.InternalMap;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.InternalVector;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.data.variant.Variant;

/** Values as Paimon asks for them, by position: in a row the position says which column, in a list which of its cells. */
abstract class CellGetters implements DataGetters {
    abstract Cells cells(int pos);

    /** Which cell of {@link #cells}. */
    abstract int index(int pos);

    @Override
    public boolean isNullAt(int pos) {
        return cells(pos).isNull(index(pos));
    }

    @Override
    public boolean getBoolean(int pos) {
        return cells(pos).longAt(index(pos)) != 0;
    }

    @Override
    public byte getByte(int pos) {
        return (byte) cells(pos).longAt(index(pos));
    }

    @Override
    public short getShort(int pos) {
        return (short) cells(pos).longAt(index(pos));
    }

    @Override
    public int getInt(int pos) {
        return cells(pos).intAt(index(pos));
    }

    @Override
    public long getLong(int pos) {
        return cells(pos).longAt(index(pos));
    }

    @Override
    public float getFloat(int pos) {
        return (float) cells(pos).doubleAt(index(pos));
    }

    @Override
    public double getDouble(int pos) {
        return cells(pos).doubleAt(index(pos));
    }

    @Override
    public BinaryString getString(int pos) {
        return cells(pos).stringAt(index(pos));
    }

    @Override
    public Decimal getDecimal(int pos, int precision, int scale) {
        return cells(pos).decimalAt(index(pos), precision, scale);
    }

    @Override
    public Timestamp getTimestamp(int pos, int precision) {
        return cells(pos).timestampAt(index(pos));
    }

    @Override
    public byte[] getBinary(int pos) {
        return cells(pos).binaryAt(index(pos));
    }

    @Override
    public InternalArray getArray(int pos) {
        return cells(pos).arrayAt(index(pos));
    }

    @Override
    public InternalMap getMap(int pos) {
        return cells(pos).mapAt(index(pos));
    }

    @Override
    public InternalRow getRow(int pos, int fields) {
        return cells(pos).structAt(index(pos));
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
