package dev.millrace.model;

import java.util.Arrays;

/** Cells held as {@code double}; see {@link ColumnVector} for which types. */
public final class DoubleVector implements ColumnVector {
    private final double[] values;
    private final int size;
    private final CellStates states;

    private DoubleVector(double[] values, int size, CellStates states) {
        this.values = values;
        this.size = size;
        this.states = states;
    }

    /** The cell's value; 0 where it has none. */
    public double get(int row) {
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
    public DoubleVector gather(int[] rows, int count) {
        double[] gathered = new double[count];
        for (int i = 0; i < count; i++) {
            gathered[i] = values[rows[i]];
        }
        return new DoubleVector(gathered, count, states.gather(rows, count));
    }

    /** Appends cells; confined to one thread. */
    public static final class Builder implements VectorBuilder {
        private final CellStates.Builder states = new CellStates.Builder();
        private double[] values = new double[FIRST_CAPACITY];
        private int size;

        public void append(double value) {
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
        public DoubleVector build() {
            DoubleVector built = new DoubleVector(values, size, states.build());
            values = new double[Capacity.after(size)];
            size = 0;
            return built;
        }
    }
}
