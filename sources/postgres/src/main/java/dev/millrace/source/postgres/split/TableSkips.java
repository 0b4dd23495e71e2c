package dev.millrace.source.postgres.split;

import java.util.List;

/**
 * Which changes of a table its snapshot already contains, because a part of the table was read at a later place of the log
 * than where the log is read from.
 *
 * @param keyColumn number ({@code attnum}) of the column by which the table was cut: the first of its key; 0 where the table
 *                  was not cut by key
 * @param bounds    where one chunk ends and the next begins, rising, in binary format: a bound belongs to the chunk after it
 * @param places    for each chunk the place in the log at which it was read; one more than there are bounds
 */
public record TableSkips(int keyColumn, KeyOrder order, List<byte[]> bounds, List<Long> places) {
    public TableSkips {
        bounds = List.copyOf(bounds);
        places = List.copyOf(places);
        if (places.size() != bounds.size() + 1) {
            throw new IllegalArgumentException(places.size() + " chunks for " + bounds.size() + " bounds");
        }
    }

    /** A table that was read as a whole at one place. */
    static TableSkips wholeTable(long place) {
        return new TableSkips(0, KeyOrder.SIGNED, List.of(), List.of(place));
    }

    /** Whether a key is needed to tell; otherwise {@link #containsTable} says it all. */
    public boolean byKey() {
        return !bounds.isEmpty();
    }

    /**
     * Whether the snapshot contains a change of the row with this key.
     *
     * @param commitPlace where the commit record of the change's transaction begins
     * @param source      holds the value of {@link #keyColumn} in binary format
     */
    public boolean contains(long commitPlace, byte[] source, int offset, int length) {
        return Long.compareUnsigned(commitPlace, places.get(chunk(source, offset, length))) < 0;
    }

    /** Whether the snapshot contains a change of the whole table: no part of it was read before. */
    public boolean containsTable(long commitPlace) {
        return places.stream().allMatch(place -> Long.compareUnsigned(commitPlace, place) < 0);
    }

    private int chunk(byte[] source, int offset, int length) {
        int low = 0;
        int high = bounds.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (order.compare(bounds.get(middle), source, offset, length) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
