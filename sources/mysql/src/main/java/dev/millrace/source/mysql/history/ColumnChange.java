package dev.millrace.source.mysql.history;

import java.util.Optional;

/** What an {@code ALTER TABLE} says of a column that the table had. */
public sealed interface ColumnChange {
    /** As it was called before the statement. */
    String column();

    /** Its values are gone, even where a column of the same name comes again. */
    record Dropped(String column) implements ColumnChange {}

    /**
     * It was said anew what it is, with {@code MODIFY} or {@code CHANGE}.
     *
     * @param type         as {@link TypeText} writes it
     * @param characterSet of a text, where the statement has one
     * @param notNull      whether it is to have a value in each row
     * @param generated    whether the server is to compute its values
     * @param after        the column that it is to stand behind, empty to stand first; where the statement says so
     */
    record Defined(
            String column,
            String type,
            Optional<String> characterSet,
            boolean notNull,
            boolean generated,
            Optional<String> after)
            implements ColumnChange {}
}
