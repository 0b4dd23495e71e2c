package dev.millrace.model;

/** Cells that are maps: ranges of a vector of keys and a vector of values side by side. */
public final class MapVector implements ColumnVector {
    private final ColumnVector keys;
    private final ColumnVector values;
    private final int[] ends;
    private final int size;
    private final CellStates states;

    private MapVector(ColumnVector keys, ColumnVector values, int[] ends, int size, CellStates states) {
        this.keys = keys;
        this.values = values;
        this.ends = ends;
        this.size = size;
        this.states = states;
    }

    public ColumnVector keys() {
        return keys;
    }

    public ColumnVector values() {
        return values;
    }

    /** The cell's first entry in {@link #keys} and {@link #values}. */
    public int start(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    /** The end of the cell's entries, exclusive. */
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
        return OVERHEAD + keys.byteSize() + values.byteSize() + 4L * ends.length + states.byteSize();
    }

    @Override
    public MapVector gather(int[] rows, int count) {
        Ranges ranges = Ranges.of(rows, count, this::start, this::end);
        int entries = ranges.inner().length;
        return new MapVector(
                keys.gather(ranges.inner(), entries),
                values.gather(ranges.inner(), entries),
                ranges.ends(),
                count,
                states.gather(rows, count));
    }

    /** Appends cells; confined to one thread. Entries are appended to {@link #keys} and {@link #values}, then {@link #endCell} closes the map. */
    public static final class Builder implements VectorBuilder {
        private final CellEnds cells = new CellEnds();
        private final VectorBuilder keys;
        private final VectorBuilder values;

        Builder(VectorBuilder keys, VectorBuilder values) {
            this.keys = keys;
            this.values = values;
        }

        public VectorBuilder keys() {
            return keys;
        }

        public VectorBuilder values() {
            return values;
        }

        public void endCell() {
            cells.end(keys.size());
        }

        @Override
        public void appendNull() {
            cells.endNull(keys.size());
        }

        @Override
        public void appendUnchanged() {
            cells.endUnchanged(keys.size());
        }

        @Override
        public int size() {
            return cells.size();
        }

        @Override
        public long byteSize() {
            return keys.byteSize() + values.byteSize() + cells.byteSize();
        }

        @Override
        public MapVector build() {
            CellEnds.Built ended = cells.build();
            return new MapVector(keys.build(), values.build(), ended.ends(), ended.size(), ended.states());
        }
    }
}
