package dev.millrace.spi;

import java.util.List;

/** An ability of a source: removes what the pipeline made there (replication slot, publication), for {@code cdc drop}. */
public interface Droppable {
    /** What {@link #drop} would remove, one line each for people; empty where there is nothing. */
    List<String> toDrop();

    /** Removes it; what is gone already is fine. */
    void drop();
}
