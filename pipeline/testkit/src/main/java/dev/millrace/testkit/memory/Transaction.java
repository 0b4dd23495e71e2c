package dev.millrace.testkit.memory;

import java.util.List;

/**
 * Changes that became visible together.
 *
 * @param position of the commit in the changelog, from 1
 */
public record Transaction(long position, List<Change> changes) {
    private static final long FIRST_COMMIT_MICROS = 1_767_225_600_000_000L;
    private static final long MICROS_APART = 1_000;

    public Transaction {
        changes = List.copyOf(changes);
    }

    public long commitMicros() {
        return commitMicrosAt(position);
    }

    static long commitMicrosAt(long position) {
        return FIRST_COMMIT_MICROS + position * MICROS_APART;
    }
}
