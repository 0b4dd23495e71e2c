package dev.millrace.model;

import java.util.List;

/** Cells that are structs: one vector a field, each as long as this one. */
public final class StructVector implements ColumnVector {
    private final List<ColumnVector> fields;
    private final int size;
    private final CellStates states;

    private StructVector(List<ColumnVector> fields, int size, CellStates states) {
        this.fields = fields;
        this.size = size;
        this.states = states;
    }

    public List<ColumnVector> fields() {
        return fields;
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
        return OVERHEAD + fields.stream().mapToLong(ColumnVector::byteSize).sum() + states.byteSize();
    }

    @Override
    public StructVector gather(int[] rows, int count) {
        return new StructVector(
                fields.stream().map(field -> field.gather(rows, count)).toList(), count, states.gather(rows, count));
    }

    /** Appends cells; confined to one thread. One cell is appended to each of {@link #fields}, then {@link #endCell} closes the struct. */
    public static final class Builder implements VectorBuilder {
        private final CellStates.Builder states = new CellStates.Builder();
        private final List<VectorBuilder> fields;
        private int size;

        Builder(List<VectorBuilder> fields) {
            this.fields = fields;
        }

        public List<VectorBuilder> fields() {
            return fields;
        }

        public void endCell() {
            size++;
        }

        @Override
        public void appendNull() {
            states.markNull(size);
            appendEmptyCell();
        }

        @Override
        public void appendUnchanged() {
            states.markUnchanged(size);
            appendEmptyCell();
        }

        private void appendEmptyCell() {
            fields.forEach(VectorBuilder::appendNull);
            size++;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public long byteSize() {
            return fields.stream().mapToLong(VectorBuilder::byteSize).sum();
        }

        @Override
        public StructVector build() {
            StructVector built =
                    new StructVector(fields.stream().map(VectorBuilder::build).toList(), size, states.build());
            size = 0;
            return built;
        }
    }
}
