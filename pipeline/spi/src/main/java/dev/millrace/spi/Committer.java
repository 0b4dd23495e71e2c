package dev.millrace.spi;

import dev.millrace.schema.SchemaChange;
import java.util.List;
import java.util.OptionalLong;

/** Makes staged output visible, for the whole job. Used by one thread. Everything may be called again with what it has already done. */
public interface Committer extends AutoCloseable {
    /**
     * The newest checkpoint of this pipeline of which the sink shows anything; empty where it shows none. A checkpoint that
     * had committables is always found again, however long ago and whoever else has written since, unless its tables were
     * removed or set back: the engine refuses to go on then.
     */
    OptionalLong newestCommitted();

    /**
     * Applies changes to the sink's tables, in this order. Nothing is staged for these tables that was not committed before.
     * The first start of a database brings all its tables at once.
     */
    void apply(List<SchemaChange> changes);

    /**
     * Makes a checkpoint visible, each table in one step, all of it or, after a crash in between, the rest of it. A table that
     * shows it already is left alone.
     *
     * @throws dev.millrace.error.CommitOutcomeUnknownException where it may or may not have happened
     */
    void commit(CommitRequest request);

    /**
     * Called once at each start, after the checkpoint to recover from was committed again and before any writer is opened:
     * what earlier runs of this pipeline staged for later checkpoints will never be committed and may be removed.
     */
    void discardStaged(long afterCheckpoint);

    /** Returns within seconds. After it nothing of this committer becomes visible any more, upkeep of its own neither. */
    @Override
    void close();
}
