package dev.millrace.model;

import org.jspecify.annotations.Nullable;

/** Some rows of a batch, in the batch's order: what one writer gets of it, without a copy. */
public final class RowSelection {
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
        return new RowSelection(batch, rows, count);
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

    /** This selection's share of the batch's bytes, for budgets. */
    public long byteSize() {
        return batch.rows() == 0 ? 0 : batch.byteSize() * count / batch.rows();
    }
}
