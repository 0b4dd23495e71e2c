package dev.millrace.source.mysql.split;

import dev.millrace.model.ColumnVector;
import java.util.List;

/**
 * Which changes of a table its snapshot already contains, because a part of the table was read in a later epoch than the one
 * whose place the log is read from.
 *
 * @param chunks as the table was cut; their order is known
 * @param epochs for each chunk the number of the epoch in which it was read
 */
public record TableSkips(Chunks chunks, List<Integer> epochs) {
    public TableSkips {
        epochs = List.copyOf(epochs);
        if (epochs.size() != chunks.count() || !chunks.isKnown()) {
            throw new IllegalArgumentException(epochs.size() + " epochs for " + chunks);
        }
    }

    /** A table that was read as a whole, or whose chunks were all read in one epoch. */
    static TableSkips wholeTable(int epoch) {
        return new TableSkips(Chunks.WHOLE, List.of(epoch));
    }

    /** Whether a key is needed to tell; otherwise there is but one epoch. */
    public boolean byKey() {
        return chunks.count() > 1;
    }

    /** Indexes of the table's columns that a key is told by. */
    public List<Integer> keyColumns() {
        return chunks.columns();
    }

    /**
     * In which epoch the row with this key was read: the snapshot contains its changes up to that epoch's place.
     *
     * @param key the row's cells in {@link #keyColumns}, one vector each
     */
    public int epoch(List<? extends ColumnVector> key, int row) {
        return epochs.get(chunks.chunkOf(key, row));
    }

    /** The first epoch in which a part of the table was read: up to its place, the snapshot contains changes of the whole table. */
    public int firstEpoch() {
        return epochs.stream().mapToInt(Integer::intValue).min().orElseThrow();
    }
}
