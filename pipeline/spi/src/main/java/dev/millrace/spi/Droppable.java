package dev.millrace.spi;

import java.util.List;
import java.util.Optional;

/**
 * An ability of a source: removes what the pipeline made there (replication slot, publication), for {@code cdc drop}. What
 * the state names counts, not what the file names by now: that may have been changed since.
 */
public interface Droppable {
    /**
     * What {@link #drop} would remove, one line each for people; empty where there is nothing.
     *
     * @param state {@link SplitEnumerator#state} of the newest checkpoint; empty where there is none that can be read
     */
    List<String> toDrop(Optional<VersionedBytes> state);

    /**
     * Removes it; what is gone already is fine.
     *
     * @param state as for {@link #toDrop}
     */
    void drop(Optional<VersionedBytes> state);
}
