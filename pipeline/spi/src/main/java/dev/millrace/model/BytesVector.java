package dev.millrace.model;

import java.util.Arrays;

/** Cells held as ranges of one byte array; see {@link ColumnVector} for which types. */
public final class BytesVector implements ColumnVector {
    private final byte[] data;
    private final int[] ends;
    private final int size;
    private final CellStates states;

    private BytesVector(byte[] data, int[] ends, int size, CellStates states) {
        this.data = data;
        this.ends = ends;
        this.size = size;
        this.states = states;
    }

    /** The bytes of all cells, one after the other. Never written to after the vector is built. */
    public byte[] data() {
        return data;
    }

    /** Where the cell begins in {@link #data}. */
    public int start(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    /** Where the cell ends in {@link #data}, exclusive. */
    public int end(int row) {
        return ends[row];
    }

    /** A copy of the cell's bytes. */
    public byte[] copy(int row) {
        return Arrays.copyOfRange(data, start(row), end(row));
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public CellStates states() {
        return states;
    }

    @Override
    public long byteSize() {
        return OVERHEAD + data.length + 4L * ends.length + states.byteSize();
    }

    @Override
    public BytesVector gather(int[] rows, int count) {
        int[] gatheredEnds = new int[count];
        int bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes += end(rows[i]) - start(rows[i]);
            gatheredEnds[i] = bytes;
        }
        byte[] gathered = new byte[bytes];
        for (int i = 0; i < count; i++) {
            int from = start(rows[i]);
            int length = end(rows[i]) - from;
            System.arraycopy(data, from, gathered, gatheredEnds[i] - length, length);
        }
        return new BytesVector(gathered, gatheredEnds, count, states.gather(rows, count));
    }

    /** Appends cells; confined to one thread. A cell may be appended in parts: {@link #append} several times, then {@link #endCell}. */
    public static final class Builder implements VectorBuilder {
        private static final int FIRST_BYTES = 256;
        private final CellEnds cells = new CellEnds();
        private byte[] data = new byte[FIRST_BYTES];
        private int used;

        /** Appends one whole cell. */
        public void appendCell(byte[] source, int offset, int length) {
            append(source, offset, length);
            endCell();
        }

        /** Adds bytes to the cell that is being appended. */
        public void append(byte[] source, int offset, int length) {
            reserve(length);
            System.arraycopy(source, offset, data, used, length);
            used += length;
        }

        /** Adds one byte to the cell that is being appended. */
        public void append(byte value) {
            reserve(1);
            data[used++] = value;
        }

        /** Ends the cell that is being appended. */
        public void endCell() {
            cells.end(used);
        }

        private void reserve(int length) {
            if (length > data.length - used) {
                int needed = Math.addExact(used, length);
                int doubled = data.length > Integer.MAX_VALUE / 2 - 8 ? Integer.MAX_VALUE - 8 : 2 * data.length;
                data = Arrays.copyOf(data, Math.max(needed, doubled));
            }
        }

        @Override
        public void appendNull() {
            cells.endNull(used);
        }

        @Override
        public void appendUnchanged() {
            cells.endUnchanged(used);
        }

        @Override
        public int size() {
            return cells.size();
        }

        @Override
        public long byteSize() {
            return used + cells.byteSize();
        }

        @Override
        public BytesVector build() {
            CellEnds.Built ended = cells.build();
            BytesVector built = new BytesVector(data, ended.ends(), ended.size(), ended.states());
            data = new byte[Math.max(FIRST_BYTES, Capacity.after(used))];
            used = 0;
            return built;
        }
    }
}
