package dev.millrace.model;

import java.util.Arrays;

/**
 * Which source transaction each row of a batch belongs to, run by run: rows of one transaction follow each other, so three
 * numbers a transaction replace three a row.
 */
public final class TransactionRuns {
    private static final int OVERHEAD = 128;
    private final int[] firstRows;
    private final long[] ids;
    private final long[] commitMicros;
    private final long[] positions;
    private final int count;

    private TransactionRuns(Builder from) {
        count = from.count;
        firstRows = Arrays.copyOf(from.firstRows, count);
        ids = Arrays.copyOf(from.ids, count);
        commitMicros = Arrays.copyOf(from.commitMicros, count);
        positions = Arrays.copyOf(from.positions, count);
    }

    /** How many runs there are; at least one where the batch has rows. */
    public int count() {
        return count;
    }

    /** The run that holds the row. */
    public int runOf(int row) {
        int found = Arrays.binarySearch(firstRows, row);
        return found >= 0 ? found : -found - 2;
    }

    /** The first row of the run. */
    public int firstRow(int run) {
        return firstRows[run];
    }

    /** The source's number of the transaction; 0 for rows of a snapshot. */
    public long id(int run) {
        return ids[run];
    }

    /** When the transaction committed at the source, in microseconds since the epoch; for a snapshot, when the snapshot was taken. */
    public long commitMicros(int run) {
        return commitMicros[run];
    }

    /** Where the transaction's commit stands in the source's log, in the source's own numbering, which grows with commit order. */
    public long position(int run) {
        return positions[run];
    }

    long byteSize() {
        return OVERHEAD + 28L * count;
    }

    TransactionRuns gather(int[] rows, int rowCount) {
        Builder gathered = new Builder();
        int last = -1;
        for (int i = 0; i < rowCount; i++) {
            int run = runOf(rows[i]);
            if (run != last) {
                gathered.start(i, ids[run], commitMicros[run], positions[run]);
                last = run;
            }
        }
        return new TransactionRuns(gathered);
    }

    static final class Builder {
        private int[] firstRows = new int[4];
        private long[] ids = new long[4];
        private long[] commitMicros = new long[4];
        private long[] positions = new long[4];
        private int count;

        void start(int row, long id, long micros, long position) {
            if (count > 0 && firstRows[count - 1] == row) {
                count--;
            }
            if (count == ids.length) {
                int wider = 2 * count;
                firstRows = Arrays.copyOf(firstRows, wider);
                ids = Arrays.copyOf(ids, wider);
                commitMicros = Arrays.copyOf(commitMicros, wider);
                positions = Arrays.copyOf(positions, wider);
            }
            firstRows[count] = row;
            ids[count] = id;
            commitMicros[count] = micros;
            positions[count++] = position;
        }

        /** Hands over the runs; the transaction that was open last goes on at row 0 of the next batch. */
        TransactionRuns build() {
            TransactionRuns built = new TransactionRuns(this);
            if (count > 0) {
                int last = count - 1;
                count = 0;
                start(0, ids[last], commitMicros[last], positions[last]);
            }
            return built;
        }
    }
}
