package dev.millrace.spi;

import dev.millrace.schema.Schema;
import java.util.List;

/** An ability of a source: says which tables it would read, and of which shape, without preparing anything. For {@code cdc check}. */
public interface Describable {
    /** May connect and block for seconds. */
    List<Schema> describe();
}
