package dev.millrace.spi;

import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import java.util.List;
import java.util.Set;

/** Finds what there is to read and hands it out piece by piece. Used by one thread; only opening may block for long. */
public interface SplitEnumerator extends AutoCloseable {
    /**
     * Changes that the sink must have applied before the first split is handed out: {@code CreateTable} for every captured
     * table, with the schema of the place where reading starts, and {@code TruncateTable} for each whose snapshot has to begin
     * anew; tables that share one in the sink have to begin anew together. Asked for once, right after opening; at a recovery too, where applying them again changes nothing that is right.
     */
    List<SchemaChange> openingChanges();

    /**
     * Those of the tables whose reading, once broken off, begins anew by {@code TruncateTable}: such a table can't share its table
     * in the sink. Without those that are read already. Asked for once, after {@link #openingChanges}.
     */
    default Set<TableId> readInOnePiece() {
        return Set.of();
    }

    /** What the reader that asks should read now. */
    Assignment next(int reader);

    /**
     * A reader has read the split to its end and everything of it has been emitted.
     *
     * @param split with the place reached
     */
    void finished(Split split);

    /** All there is to know about what was handed out, finished, and is yet to come, except the splits that readers hold. */
    VersionedBytes state();

    @Override
    void close();

    /** The answer to a reader that has nothing to read. */
    sealed interface Assignment {
        record Read(Split split) implements Assignment {}

        /** Nothing now; ask again later, for example when other readers have finished theirs. */
        record Wait() implements Assignment {}

        /**
         * Nothing now; ask again once a checkpoint that began after this answer has been committed. For a split that may
         * only start when everything before it has reached the sink.
         */
        record WaitForCheckpoint() implements Assignment {}

        /** Nothing for this reader ever again. When all readers have been told so and have finished, the job ends. */
        record Done() implements Assignment {}
    }
}
