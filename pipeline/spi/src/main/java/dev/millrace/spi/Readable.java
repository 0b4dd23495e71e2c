package dev.millrace.spi;

import dev.millrace.schema.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An ability of a sink: shows what it holds, for {@code cdc show} and {@code cdc status}. */
@SuppressWarnings("JavaLangClash") // nobody reads characters here
public interface Readable {
    /**
     * Hands over the first rows of a table as text, one by one, on the calling thread, so that a table of any size can be read.
     *
     * @param limit      the most rows
     * @param checkpoint the checkpoint as of which to read; the newest state where empty
     * @param receiver   what it throws ends the reading and comes out as it is
     */
    void read(TableId table, int limit, OptionalLong checkpoint, Receiver receiver);

    /** As {@link #read}, with all rows in memory at once: for small tables. */
    default Rows rows(TableId table, int limit, OptionalLong checkpoint) {
        List<String> columns = new ArrayList<>();
        List<List<Optional<String>>> cells = new ArrayList<>();
        read(table, limit, checkpoint, new Receiver() {
            @Override
            public void begin(List<Field> fields) {
                fields.forEach(field -> columns.add(field.name()));
            }

            @Override
            public void row(List<Optional<String>> row) {
                cells.add(row);
            }
        });
        return new Rows(columns, cells);
    }

    /** The consistency manifests that the sink holds of this pipeline, newest first, at most {@code limit}. */
    List<Manifest> manifests(int limit);

    /** Takes rows as they are read. */
    interface Receiver {
        /** Called once, before any row. */
        void begin(List<Field> fields);

        /** @param cells one a field; empty for null */
        void row(List<Optional<String>> cells);
    }

    /**
     * A column.
     *
     * @param nested whether its values are lists, maps or structs, whose text is JSON
     */
    record Field(String name, boolean nested) {}

    /**
     * Rows as text.
     *
     * @param cells one list a row, one cell a column; empty for null
     */
    record Rows(List<String> columns, List<List<Optional<String>>> cells) {}

    /**
     * Which version of each table belongs to one source position.
     *
     * @param json the manifest as published
     */
    record Manifest(long checkpointId, String sourcePosition, long completeMicros, boolean consistent, String json) {}
}
