package dev.millrace.spi;

import dev.millrace.schema.TableId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An ability of a sink: shows what it holds, for {@code cdc show} and {@code cdc status}. */
@SuppressWarnings("JavaLangClash") // nobody reads characters here
public interface Readable {
    /**
     * The first rows of a table as text.
     *
     * @param limit      the most rows
     * @param checkpoint the checkpoint as of which to read; the newest state where empty
     */
    Rows rows(TableId table, int limit, OptionalLong checkpoint);

    /** The consistency manifests that the sink holds of this pipeline, newest first, at most {@code limit}. */
    List<Manifest> manifests(int limit);

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
