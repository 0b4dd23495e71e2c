package dev.millrace.sink.paimon;

import org.apache.paimon.data.InternalArray;

/** A list as Paimon wants to see it: a range of a column of elements. */
final class CellArray extends CellGetters implements InternalArray {
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
    Cells cells(int pos) {
        return cells;
    }

    @Override
    int index(int pos) {
        return start + pos;
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
