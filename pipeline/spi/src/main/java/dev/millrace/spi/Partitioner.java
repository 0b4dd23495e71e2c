package dev.millrace.spi;

import dev.millrace.model.ChangeBatch;

/** Says which writer gets which row. Used by several threads at once: without state. */
@FunctionalInterface
public interface Partitioner {
    /**
     * Fills {@code writers[row]} for each row of the batch. Depends on the row's key (or, without a key, on nothing but the
     * batch) and never changes while the pipeline lives with the same number of writers.
     */
    void assign(ChangeBatch batch, int[] writers);
}
