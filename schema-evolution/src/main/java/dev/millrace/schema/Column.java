package dev.millrace.schema;

import java.util.Optional;

/**
 * A column of a table.
 *
 * @param id       stays with the column through renames and is never given to another column of the table
 * @param comment  the comment at the source, empty where there is none
 */
public record Column(int id, String name, DataType type, boolean nullable, Optional<String> comment) {
    public Column(int id, String name, DataType type, boolean nullable) {
        this(id, name, type, nullable, Optional.empty());
    }
}
