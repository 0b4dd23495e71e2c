package dev.millrace.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which cells of a vector are null and which unchanged; a set without members costs nothing. Immutable. */
public final class CellStates {
    private static final CellStates ALL_VALUES = new CellStates(null, null);
    private final long @Nullable [] nulls;
    private final long @Nullable [] unchanged;

    private CellStates(long @Nullable [] nulls, long @Nullable [] unchanged) {
        this.nulls = nulls;
        this.unchanged = unchanged;
    }

    /** Whether any cell is null: lets a writer skip looking. */
    public boolean anyNull() {
        return nulls != null;
    }

    /** Whether any cell is unchanged: lets a writer skip looking. */
    public boolean anyUnchanged() {
        return unchanged != null;
    }

    public boolean isNull(int row) {
        return has(nulls, row);
    }

    public boolean isUnchanged(int row) {
        return has(unchanged, row);
    }

    long byteSize() {
        return (nulls == null ? 0 : 8L * nulls.length) + (unchanged == null ? 0 : 8L * unchanged.length);
    }

    CellStates gather(int[] rows, int count) {
        if (nulls == null && unchanged == null) {
            return this;
        }
        Builder gathered = new Builder();
        for (int i = 0; i < count; i++) {
            if (isNull(rows[i])) {
                gathered.markNull(i);
            }
            if (isUnchanged(rows[i])) {
                gathered.markUnchanged(i);
            }
        }
        return gathered.build();
    }

    private static boolean has(long @Nullable [] bits, int row) {
        int word = row >>> 6;
        return bits != null && word < bits.length && (bits[word] & (1L << row)) != 0;
    }

    /** Gathers states while a batch is being filled. */
    static final class Builder {
        private long @Nullable [] nulls;
        private long @Nullable [] unchanged;

        void markNull(int row) {
            nulls = mark(nulls, row);
        }

        void markUnchanged(int row) {
            unchanged = mark(unchanged, row);
        }

        CellStates build() {
            if (nulls == null && unchanged == null) {
                return ALL_VALUES;
            }
            CellStates built = new CellStates(nulls, unchanged);
            nulls = null;
            unchanged = null;
            return built;
        }

        private static long[] mark(long @Nullable [] bits, int row) {
            int word = row >>> 6;
            long[] wide = bits;
            if (wide == null) {
                wide = new long[Math.max(4, word + 1)];
            } else if (word >= wide.length) {
                wide = Arrays.copyOf(wide, Math.max(word + 1, 2 * wide.length));
            }
            wide[word] |= 1L << row;
            return wide;
        }
    }
}
