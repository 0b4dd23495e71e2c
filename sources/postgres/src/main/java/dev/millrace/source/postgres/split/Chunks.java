package dev.millrace.source.postgres.split;

import java.util.List;
import java.util.Optional;

/** How a table is cut into chunks, which are read one by one. */
public sealed interface Chunks {
    /** The whole table is one chunk. */
    Chunks WHOLE = new ByKey(0, KeyOrder.SIGNED, List.of());

    int count();

    Range range(int chunk);

    /**
     * By ranges of the key's first column. A change of the log tells by its key which chunk it belongs to, so that chunks may
     * be read at different places of the log.
     *
     * @param column its number; 0 where there is but one chunk
     * @param bounds rising, in binary format; a bound belongs to the chunk after it
     */
    record ByKey(int column, KeyOrder order, List<byte[]> bounds) implements Chunks {
        public ByKey {
            bounds = List.copyOf(bounds);
        }

        @Override
        public int count() {
            return bounds.size() + 1;
        }

        @Override
        public Range range(int chunk) {
            return bounds.isEmpty()
                    ? new Range.Whole()
                    : new Range.Keys(
                            column,
                            chunk == 0 ? Optional.empty() : Optional.of(bounds.get(chunk - 1)),
                            chunk == bounds.size() ? Optional.empty() : Optional.of(bounds.get(chunk)));
        }
    }

    /** By where rows lie. Nothing in the log tells that, so all chunks have to be read at one place of the log. */
    record ByPages(List<Range.Pages> ranges) implements Chunks {
        public ByPages {
            ranges = List.copyOf(ranges);
        }

        @Override
        public int count() {
            return ranges.size();
        }

        @Override
        public Range range(int chunk) {
            return ranges.get(chunk);
        }
    }

    /** What of a table one chunk holds. */
    sealed interface Range {
        record Whole() implements Range {}

        /** Keys from {@code lower} to before {@code upper}, in binary format. */
        record Keys(int column, Optional<byte[]> lower, Optional<byte[]> upper) implements Range {}

        /**
         * Rows on some pages.
         *
         * @param storage index into the table's {@link dev.millrace.source.postgres.catalog.PgTable#storage}
         * @param end     exclusive; empty for all that follow
         */
        record Pages(int storage, long start, Optional<Long> end) implements Range {}
    }
}
