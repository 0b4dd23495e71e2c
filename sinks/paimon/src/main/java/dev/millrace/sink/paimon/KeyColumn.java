package dev.millrace.sink.paimon;

import dev.millrace.model.BytesVector;
import dev.millrace.model.DoubleVector;
import dev.millrace.model.LongVector;
import dev.millrace.schema.DataType;
import java.util.Arrays;

/** One column of the key, over all rows of a buffer. */
sealed interface KeyColumn {
    /** Compares the rows at two positions. */
    int compare(int left, int right);

    static KeyColumn of(RowBuffer buffer, DataType type, int column) {
        Cells[] cells = buffer.batches().stream().map(row -> row.cells(column)).toArray(Cells[]::new);
        if (cells.length == 0) {
            return new Longs(new long[0]);
        }
        return switch (cells[0].vector()) {
            case LongVector v when !PaimonTypes.asText(type) -> new Longs(gather(buffer, cells));
            case DoubleVector v -> new Doubles(buffer, cells);
            case BytesVector v
            when !PaimonTypes.asText(type) && !(type instanceof DataType.Decimal) -> new Bytes(buffer, cells);
            default -> new Others(buffer, cells, type);
        };
    }

    private static long[] gather(RowBuffer buffer, Cells[] cells) {
        long[] keys = new long[buffer.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = cells[buffer.batchOf(i)].longAt(buffer.rowOf(i));
        }
        return keys;
    }

    /** Whole numbers, days, times, and decimals of up to 18 digits: by their number. */
    final class Longs implements KeyColumn {
        private static final int BITS = 8;
        private static final int DIGITS = 1 << BITS;
        private final long[] keys;

        Longs(long[] keys) {
            this.keys = keys;
        }

        @Override
        public int compare(int left, int right) {
            return Long.compare(keys[left], keys[right]);
        }

        /** Radix sort from the lowest byte up; bytes in which all keys agree cost one pass to see that. */
        void sort(int[] positions) {
            int[] sorted = new int[positions.length];
            for (int shift = 0; shift < Long.SIZE; shift += BITS) {
                int[] starts = starts(positions, shift);
                if (starts.length > 0) {
                    for (int position : positions) {
                        sorted[starts[digit(keys[position], shift)]++] = position;
                    }
                    System.arraycopy(sorted, 0, positions, 0, positions.length);
                }
            }
        }

        /** Where each digit's keys begin; empty where all keys have the same digit. */
        private int[] starts(int[] positions, int shift) {
            int[] counts = new int[DIGITS];
            for (int position : positions) {
                counts[digit(keys[position], shift)]++;
            }
            if (counts[digit(keys[positions[0]], shift)] == positions.length) {
                return new int[0];
            }
            int start = 0;
            for (int digit = 0; digit < DIGITS; digit++) {
                int count = counts[digit];
                counts[digit] = start;
                start += count;
            }
            return counts;
        }

        private static int digit(long key, int shift) {
            return (int) ((key ^ Long.MIN_VALUE) >>> shift) & (DIGITS - 1);
        }
    }

    /** Floating-point numbers, NaN last. */
    final class Doubles implements KeyColumn {
        private final RowBuffer buffer;
        private final Cells[] cells;

        Doubles(RowBuffer buffer, Cells[] cells) {
            this.buffer = buffer;
            this.cells = cells;
        }

        @Override
        public int compare(int left, int right) {
            return Double.compare(at(left), at(right));
        }

        private double at(int position) {
            return cells[buffer.batchOf(position)].doubleAt(buffer.rowOf(position));
        }
    }

    /** Text and binary, by their bytes. */
    final class Bytes implements KeyColumn {
        private final RowBuffer buffer;
        private final BytesVector[] vectors;

        Bytes(RowBuffer buffer, Cells[] cells) {
            this.buffer = buffer;
            this.vectors = Arrays.stream(cells).map(Cells::vector).toArray(BytesVector[]::new);
        }

        @Override
        public int compare(int left, int right) {
            BytesVector a = vectors[buffer.batchOf(left)];
            BytesVector b = vectors[buffer.batchOf(right)];
            int i = buffer.rowOf(left);
            int j = buffer.rowOf(right);
            return Arrays.compareUnsigned(a.data(), a.start(i), a.end(i), b.data(), b.start(j), b.end(j));
        }
    }

    /** What is kept as text, by that text; decimals of more than 18 digits, by their number. */
    final class Others implements KeyColumn {
        private final RowBuffer buffer;
        private final Cells[] cells;
        private final boolean asText;

        Others(RowBuffer buffer, Cells[] cells, DataType type) {
            this.buffer = buffer;
            this.cells = cells;
            this.asText = PaimonTypes.asText(type);
        }

        @Override
        public int compare(int left, int right) {
            Cells a = cells[buffer.batchOf(left)];
            Cells b = cells[buffer.batchOf(right)];
            int i = buffer.rowOf(left);
            int j = buffer.rowOf(right);
            return asText
                    ? a.stringAt(i).compareTo(b.stringAt(j))
                    : TextForm.unscaled((BytesVector) a.vector(), i)
                            .compareTo(TextForm.unscaled((BytesVector) b.vector(), j));
        }
    }
}
