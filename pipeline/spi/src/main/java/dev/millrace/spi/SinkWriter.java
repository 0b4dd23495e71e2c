package dev.millrace.spi;

import dev.millrace.model.RowSelection;
import dev.millrace.schema.TableId;
import java.util.List;

/** Stages rows where readers of the target cannot see them yet. Used by one thread. Keeps nothing across checkpoints but caches. */
public interface SinkWriter extends AutoCloseable {
    /**
     * Takes rows of one table in order; the batch's schema names the sink's table. May block on I/O and for compaction, but
     * for no longer than needed to stay within its share of memory.
     */
    void write(RowSelection rows);

    /** All rows of the table that came before are gone, those of earlier checkpoints too. Every writer is told, at the same place of the stream. */
    void truncate(TableId table);

    /**
     * A barrier: makes all rows since the last one durable, though not visible, and names them. All that is needed to make
     * them visible, also by another process, is in the answer.
     */
    List<Committable> prepare(long checkpointId);

    @Override
    void close();
}
