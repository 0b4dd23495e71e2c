package dev.millrace.source.mysql.types;

import java.util.List;

/**
 * A column as a table map describes it.
 *
 * @param name empty where the log does not hold names
 */
public record StoredColumn(String name, StorageType storage, boolean nullable, Details details) {

    /**
     * What the optional part of a table map adds.
     *
     * @param collation the number of a text's collation, or of the labels'; 0 where unknown
     * @param labels    of an {@code ENUM} or {@code SET}, in their character set
     * @param visible   false for columns that {@code SELECT *} leaves out
     */
    public record Details(boolean unsigned, int collation, List<byte[]> labels, boolean visible) {
        public Details {
            labels = List.copyOf(labels);
        }
    }
}
