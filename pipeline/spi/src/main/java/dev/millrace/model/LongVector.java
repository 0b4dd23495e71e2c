package dev.millrace.model;

import java.util.Arrays;

/** Cells held as {@code long}; see {@link ColumnVector} for which types. */
public final class LongVector implements ColumnVector {
    private final long[] values;
    private final int size;
    private final CellStates states;

    private LongVector(long[] values, int size, CellStates states) {
        this.values = values;
        this.size = size;
        this.states = states;
    }

    /** The cell's value; 0 where it has none. */
    public long get(int row) {
        return values[row];
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
        return OVERHEAD + 8L * values.length + states.byteSize();
    }

    @Override
    public LongVector gather(int[] rows, int count) {
        long[] gathered = new long[count];
        for (int i = 0; i < count; i++) {
            gathered[i] = values[rows[i]];
        }
        return new LongVector(gathered, count, states.gather(rows, count));
    }

    /** Appends cells; confined to one thread. */
    public static final class Builder implements VectorBuilder {
        private final CellStates.Builder states = new CellStates.Builder();
        private long[] values = new long[FIRST_CAPACITY];
        private int size;

        public void append(long value) {
            int row = size++;
            if (row == values.length) {
                values = Arrays.copyOf(values, 2 * row);
            }
            values[row] = value;
        }

        @Override
        public void appendNull() {
            states.markNull(size);
            append(0);
        }

        @Override
        public void appendUnchanged() {
            states.markUnchanged(size);
            append(0);
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public long byteSize() {
            return 8L * size;
        }

        @Override
        public LongVector build() {
            LongVector built = new LongVector(values, size, states.build());
            values = new long[Capacity.after(size)];
            size = 0;
            return built;
        }
    }
}
