package dev.millrace.model;

import org.jspecify.annotations.Nullable;

/**
 * Some rows of a batch, in the batch's order: what one writer gets of it. Where they are the smaller part of the batch they are
 * copied, because the selection would keep all of it alive.
 */
public final class RowSelection {
    private static final int OVERHEAD = 64;
    private final ChangeBatch batch;
    private final int @Nullable [] rows;
    private final int count;

    private RowSelection(ChangeBatch batch, int @Nullable [] rows, int count) {
        this.batch = batch;
        this.rows = rows;
        this.count = count;
    }

    public static RowSelection all(ChangeBatch batch) {
        return new RowSelection(batch, null, batch.rows());
    }

    /** The first {@code count} of {@code rows}, which grow and are not changed afterwards. */
    public static RowSelection of(ChangeBatch batch, int[] rows, int count) {
        return 2L * count < batch.rows() ? all(batch.gather(rows, count)) : new RowSelection(batch, rows, count);
    }

    public ChangeBatch batch() {
        return batch;
    }

    public int count() {
        return count;
    }

    /** The index in the batch of the selection's {@code i}-th row. */
    public int row(int i) {
        return rows == null ? i : rows[i];
    }

    /** Bytes of heap that are held as long as this selection is, for budgets: the other rows of its batch included. */
    public long byteSize() {
        return OVERHEAD + batch.byteSize() + (rows == null ? 0 : 4L * rows.length);
    }

    /** The selected rows' share of {@link #byteSize}, for people. */
    public long rowBytes() {
        return batch.rows() == 0 ? 0 : batch.byteSize() * count / batch.rows();
    }
}
