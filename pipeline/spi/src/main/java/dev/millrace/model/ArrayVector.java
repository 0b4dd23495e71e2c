package dev.millrace.model;

/** Cells that are lists: ranges of one vector of elements. */
public final class ArrayVector implements ColumnVector {
    private final ColumnVector elements;
    private final int[] ends;
    private final int size;
    private final CellStates states;

    private ArrayVector(ColumnVector elements, int[] ends, int size, CellStates states) {
        this.elements = elements;
        this.ends = ends;
        this.size = size;
        this.states = states;
    }

    /** The elements of all cells, one after the other. */
    public ColumnVector elements() {
        return elements;
    }

    /** The cell's first element in {@link #elements}. */
    public int start(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    /** The end of the cell's elements in {@link #elements}, exclusive. */
    public int end(int row) {
        return ends[row];
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
        return OVERHEAD + elements.byteSize() + 4L * ends.length + states.byteSize();
    }

    @Override
    public ArrayVector gather(int[] rows, int count) {
        Ranges ranges = Ranges.of(rows, count, this::start, this::end);
        return new ArrayVector(
                elements.gather(ranges.inner(), ranges.inner().length),
                ranges.ends(),
                count,
                states.gather(rows, count));
    }

    /** Appends cells; confined to one thread. Elements are appended to {@link #elements}, then {@link #endCell} closes the list. */
    public static final class Builder implements VectorBuilder {
        private final CellEnds cells = new CellEnds();
        private final VectorBuilder elements;

        Builder(VectorBuilder elements) {
            this.elements = elements;
        }

        public VectorBuilder elements() {
            return elements;
        }

        public void endCell() {
            cells.end(elements.size());
        }

        @Override
        public void appendNull() {
            cells.endNull(elements.size());
        }

        @Override
        public void appendUnchanged() {
            cells.endUnchanged(elements.size());
        }

        @Override
        public int size() {
            return cells.size();
        }

        @Override
        public long byteSize() {
            return elements.byteSize() + cells.byteSize();
        }

        @Override
        public ArrayVector build() {
            CellEnds.Built ended = cells.build();
            return new ArrayVector(elements.build(), ended.ends(), ended.size(), ended.states());
        }
    }
}
