package dev.millrace.source.mysql.split;

import dev.millrace.model.ColumnVector;
import java.util.List;
import java.util.Optional;

/**
 * How a table is cut into chunks, which are read one by one: by ranges of its key. A change of the log tells by its key which chunk it belongs
 * to, as far as the {@linkplain #isKnown order} is known here.
 *
 * @param columns indexes into the table's columns: the first ones of its key, as many as the longest bound has
 * @param orders  of each of these columns
 * @param bounds  rising, each a value of the first column or of the first few; a bound belongs to the chunk after it
 */
public record Chunks(List<Integer> columns, List<KeyOrder> orders, List<List<String>> bounds) {
    /** The whole table is one chunk. */
    public static final Chunks WHOLE = new Chunks(List.of(), List.of(), List.of());

    public Chunks {
        columns = List.copyOf(columns);
        orders = List.copyOf(orders);
        bounds = bounds.stream().map(List::copyOf).toList();
        int longest = bounds.stream().mapToInt(List::size).max().orElse(0);
        if (columns.size() != orders.size() || longest > columns.size()) {
            throw new IllegalArgumentException("bounds of " + longest + " values for " + columns.size() + " columns in "
                    + orders.size() + " orders");
        }
    }

    public int count() {
        return bounds.size() + 1;
    }

    public Range range(int chunk) {
        return bounds.isEmpty()
                ? new Range.Whole()
                : new Range.Keys(
                        columns,
                        chunk == 0 ? Optional.empty() : Optional.of(bounds.get(chunk - 1)),
                        chunk == bounds.size() ? Optional.empty() : Optional.of(bounds.get(chunk)));
    }

    /** Whether chunks may be read at different places of the log: it can be told here which one a key belongs to. */
    public boolean isKnown() {
        return bounds.isEmpty() || orders.stream().allMatch(KeyOrder::isKnown);
    }

    /**
     * The chunk that a row belongs to.
     *
     * @param key the row's cells in {@link #columns}, one vector each
     */
    public int chunkOf(List<? extends ColumnVector> key, int row) {
        int low = 0;
        int high = bounds.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(bounds.get(middle), key, row) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int compare(List<String> bound, List<? extends ColumnVector> key, int row) {
        for (int i = 0; i < bound.size(); i++) {
            int compared = orders.get(i).compare(bound.get(i), key.get(i), row);
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }
}
