package dev.millrace.source.mysql.split;

import java.util.List;
import java.util.Optional;

/** What of a table one chunk holds. */
public sealed interface Range {
    record Whole() implements Range {}

    /**
     * Rows from {@code lower} to before {@code upper}, each a value of the key's first column or of the first few.
     *
     * @param columns indexes into the table's columns, as many as the longest bound has
     */
    record Keys(List<Integer> columns, Optional<List<String>> lower, Optional<List<String>> upper) implements Range {
        public Keys {
            columns = List.copyOf(columns);
            lower = lower.map(List::copyOf);
            upper = upper.map(List::copyOf);
        }
    }
}
