package dev.millrace.source.mysql.catalog;

import java.util.Optional;

/**
 * A column of a table. All are captured: the log has the values of generated and invisible ones too.
 *
 * @param visible      false where {@code SELECT *} leaves it out
 * @param defaultValue as the server writes it
 */
public record MySqlColumn(
        String name,
        ColumnType type,
        boolean nullable,
        Generated generated,
        boolean visible,
        Optional<String> comment,
        Optional<String> defaultValue) {

    /** Whether the server computes the values, and when. */
    public enum Generated {
        NO,
        /** When they are read. */
        VIRTUAL,
        /** When the row is written. */
        STORED
    }
}
