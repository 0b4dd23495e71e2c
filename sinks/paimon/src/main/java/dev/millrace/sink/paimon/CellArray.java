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

/** A list as Paimon wants to see it: a range of a column of elements. */
final class CellArray implements InternalArray {
    private final Cells cells;
    private final int start;
    private final int size;

    CellArray(Cells cells, int start, int size) {
        this.cells = cells;
        this.start = start;
        this.size = size;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean isNullAt(int pos) {
        return cells.isNull(start + pos);
    }

    @Override
    public boolean getBoolean(int pos) {
        return cells.longAt(start + pos) != 0;
    }

    @Override
    public byte getByte(int pos) {
        return (byte) cells.longAt(start + pos);
    }

    @Override
    public short getShort(int pos) {
        return (short) cells.longAt(start + pos);
    }

    @Override
    public int getInt(int pos) {
        return cells.intAt(start + pos);
    }

    @Override
    public long getLong(int pos) {
        return cells.longAt(start + pos);
    }

    @Override
    public float getFloat(int pos) {
        return (float) cells.doubleAt(start + pos);
    }

    @Override
    public double getDouble(int pos) {
        return cells.doubleAt(start + pos);
    }

    @Override
    public BinaryString getString(int pos) {
        return cells.stringAt(start + pos);
    }

    @Override
    public Decimal getDecimal(int pos, int precision, int scale) {
        return cells.decimalAt(start + pos, precision, scale);
    }

    @Override
    public Timestamp getTimestamp(int pos, int precision) {
        return cells.timestampAt(start + pos);
    }

    @Override
    public byte[] getBinary(int pos) {
        return cells.binaryAt(start + pos);
    }

    @Override
    public InternalArray getArray(int pos) {
        return cells.arrayAt(start + pos);
    }

    @Override
    public InternalMap getMap(int pos) {
        return cells.mapAt(start + pos);
    }

    @Override
    public InternalRow getRow(int pos, int fields) {
        return cells.structAt(start + pos);
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

    @Override
    public boolean[] toBooleanArray() {
        boolean[] all = new boolean[size];
        for (int i = 0; i < size; i++) {
            all[i] = getBoolean(i);
        }
        return all;
    }

    @Override
    public byte[] toByteArray() {
        byte[] all = new byte[size];
        for (int i = 0; i < size; i++) {
            all[i] = getByte(i);
        }
        return all;
    }

    @Override
    public short[] toShortArray() {
        short[] all = new short[size];
        for (int i = 0; i < size; i++) {
            all[i] = getShort(i);
        }
        return all;
    }

    @Override
    public int[] toIntArray() {
        int[] all = new int[size];
        for (int i = 0; i < size; i++) {
            all[i] = getInt(i);
        }
        return all;
    }

    @Override
    public long[] toLongArray() {
        long[] all = new long[size];
        for (int i = 0; i < size; i++) {
            all[i] = getLong(i);
        }
        return all;
    }

    @Override
    public float[] toFloatArray() {
        float[] all = new float[size];
        for (int i = 0; i < size; i++) {
            all[i] = getFloat(i);
        }
        return all;
    }

    @Override
    public double[] toDoubleArray() {
        double[] all = new double[size];
        for (int i = 0; i < size; i++) {
            all[i] = getDouble(i);
        }
        return all;
    }
}
