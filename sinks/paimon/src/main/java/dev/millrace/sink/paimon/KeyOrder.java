package dev.millrace.sink.paimon;

import dev.millrace.model.BytesVector;
import dev.millrace.model.DoubleVector;
import dev.millrace.model.LongVector;
import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import java.util.Arrays;
import java.util.List;

/** Puts positions of a buffer into the order of their keys, the same order that Paimon's readers merge by; equal keys stay in order of arrival. */
final class KeyOrder {
    private static final int SMALL_RUN = 16;
    private final RowBuffer buffer;
    private final KeyColumn[] columns;

    KeyOrder(RowBuffer buffer, List<Column> schema, int[] keyColumns) {
        this.buffer = buffer;
        this.columns = Arrays.stream(keyColumns)
                .mapToObj(index -> KeyColumn.of(buffer, schema.get(index).type(), index))
                .toArray(KeyColumn[]::new);
    }

    int compare(int left, int right) {
        for (KeyColumn column : columns) {
            int order = column.compare(left, right);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** Sorts in place: runs that are in order already, as snapshots bring them, cost one pass. */
    void sort(int[] positions) {
        if (isSorted(positions)) {
            return;
        }
        int[] from = positions.clone();
        split(from, positions, 0, positions.length);
    }

    private boolean isSorted(int[] positions) {
        for (int i = 1; i < positions.length; i++) {
            if (compare(positions[i - 1], positions[i]) > 0) {
                return false;
            }
        }
        return true;
    }

    /** Top-down merge sort; {@code from} and {@code to} hold the same positions and change roles on each level. */
    private void split(int[] from, int[] to, int begin, int end) {
        if (end - begin <= SMALL_RUN) {
            insertionSort(to, begin, end);
            return;
        }
        int middle = (begin + end) >>> 1;
        split(to, from, begin, middle);
        split(to, from, middle, end);
        if (compare(from[middle - 1], from[middle]) <= 0) {
            System.arraycopy(from, begin, to, begin, end - begin);
        } else {
            merge(from, to, begin, middle, end);
        }
    }

    private void merge(int[] from, int[] to, int begin, int middle, int end) {
        int left = begin;
        int right = middle;
        for (int i = begin; i < end; i++) {
            boolean takeLeft = right >= end || (left < middle && compare(from[left], from[right]) <= 0);
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }

    private void insertionSort(int[] positions, int begin, int end) {
        for (int i = begin + 1; i < end; i++) {
            int moved = positions[i];
            int j = i - 1;
            while (j >= begin && compare(positions[j], moved) > 0) {
                positions[j + 1] = positions[j];
                j--;
            }
            positions[j + 1] = moved;
        }
    }

    /** One column of the key, over all rows of the buffer. */
    private sealed interface KeyColumn {
        int compare(int left, int right);

        static KeyColumn of(RowBuffer buffer, DataType type, int column) {
            Cells[] cells = buffer.batches().stream().map(row -> row.column(column)).toArray(Cells[]::new);
            if (cells.length == 0 || PaimonTypes.asText(type) || type instanceof DataType.Decimal d && d.precision() > 18) {
                return new Others(buffer, cells, type);
            }
            return switch (cells[0].vector()) {
                case LongVector v -> new Longs(gather(buffer, cells));
                case BytesVector v -> new Bytes(buffer, cells);
                case DoubleVector v -> new Doubles(buffer, cells);
                default -> throw new IllegalArgumentException("a key of type " + type);
            };
        }

        private static long[] gather(RowBuffer buffer, Cells[] cells) {
            long[] keys = new long[buffer.size()];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = cells[buffer.batchOf(i)].longAt(buffer.rowOf(i));
            }
            return keys;
        }
    }

    private record Longs(long[] keys) implements KeyColumn {
        @Override
        public int compare(int left, int right) {
            return Long.compare(keys[left], keys[right]);
        }
    }

    private record Doubles(RowBuffer buffer, Cells[] cells) implements KeyColumn {
        @Override
        public int compare(int left, int right) {
            return Double.compare(at(left), at(right));
        }

        private double at(int position) {
            return cells[buffer.batchOf(position)].doubleAt(buffer.rowOf(position));
        }
    }

    private record Bytes(RowBuffer buffer, Cells[] cells) implements KeyColumn {
        @Override
        public int compare(int left, int right) {
            BytesVector a = (BytesVector) cells[buffer.batchOf(left)].vector();
            BytesVector b = (BytesVector) cells[buffer.batchOf(right)].vector();
            int i = buffer.rowOf(left);
            int j = buffer.rowOf(right);
            return Arrays.compareUnsigned(a.data(), a.start(i), a.end(i), b.data(), b.start(j), b.end(j));
        }
    }

    /** Texts of other types, and numbers of more than 18 digits. */
    private record Others(RowBuffer buffer, Cells[] cells, DataType type) implements KeyColumn {
        @Override
        public int compare(int left, int right) {
            Cells a = cells[buffer.batchOf(left)];
            Cells b = cells[buffer.batchOf(right)];
            int i = buffer.rowOf(left);
            int j = buffer.rowOf(right);
            return PaimonTypes.asText(type)
                    ? a.stringAt(i).compareTo(b.stringAt(j))
                    : TextForm.unscaled((BytesVector) a.vector(), i)
                            .compareTo(TextForm.unscaled((BytesVector) b.vector(), j));
        }
    }
}
