package dev.millrace.source.postgres.catalog;

import java.util.Optional;

/**
 * A column that is captured.
 *
 * @param number     {@code attnum}, which stays through renames and is never used again
 * @param modifier   {@code atttypmod}: length, precision and scale in the type's own coding; −1 for none
 * @param dimensions as declared for an array; 0 also where nobody declared any
 */
public record PgColumn(
        int number,
        String name,
        PgType type,
        int modifier,
        int dimensions,
        boolean notNull,
        Optional<String> comment) {}
