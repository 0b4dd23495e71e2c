package dev.millrace.spi;

import java.util.Optional;

/** Reads one split at a time. Used by one thread. */
public interface SplitReader extends AutoCloseable {
    /** Takes a split to read from the place it holds. Called only when the reader has none. May connect. */
    void assign(Split split);

    /**
     * Reads some: about a batch, or for about 100 ms, whichever comes first, and emits it in order. Waits for data at most as
     * long as the request says. Work that does not end within that time is taken up by the next call.
     */
    Progress poll(ChangeOutput output, PollRequest request);

    /**
     * The place reached, if the reader stands between two transactions (or chunks) and has emitted everything before that
     * place; otherwise, or without a split, empty.
     */
    Optional<ReaderPosition> position();

    /**
     * All sinks have committed what lies before this place, which {@link #position} gave earlier: the source may forget it.
     * After a recovery this is also called right after {@link #assign}, with the place of the checkpoint recovered from, because
     * its acknowledgement may have been lost. May come after the split was finished, or while the next one is being read.
     * Calls may be skipped, never reordered. Must not block for long; errors that only delay the source's forgetting are kept
     * for the next poll.
     */
    void acknowledge(Split committed);

    @Override
    void close();

    enum Progress {
        /** Call again: there is more. */
        MORE,
        /** Nothing to read within the time asked for. */
        IDLE,
        /** The request was to stop at a boundary, and this is one: {@link #position} is not empty. */
        AT_BOUNDARY,
        /** The split is read to its end and all of it was emitted; {@link #position} holds its last place until the next split is assigned. */
        FINISHED
    }
}
