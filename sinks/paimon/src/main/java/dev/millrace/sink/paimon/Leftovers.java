package dev.millrace.sink.paimon;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether a run leaves files behind that no snapshot will ever name: what was handed over at a barrier and not committed,
 * or what a merge had written when it was given up. Told by the writers' threads and the committer's; asked when they ended.
 */
final class Leftovers {
    private final AtomicLong staged = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong committed = new AtomicLong(Long.MIN_VALUE);
    private volatile boolean marked;
    private volatile boolean certain;

    /** A writer hands over files of this checkpoint. */
    void staged(long checkpoint) {
        staged.accumulateAndGet(checkpoint, Math::max);
    }

    /** All that was handed over up to this checkpoint is visible. */
    void committed(long checkpoint) {
        committed.accumulateAndGet(checkpoint, Math::max);
    }

    /** What earlier runs have left is removed, and the mark of this run is set. */
    void marked() {
        marked = true;
    }

    /** Something is left for the next start to remove. */
    void certain() {
        certain = true;
    }

    /** Whether the mark of this run may go: the next start has nothing to look for. */
    boolean none() {
        return marked && !certain && staged.get() <= committed.get();
    }
}
