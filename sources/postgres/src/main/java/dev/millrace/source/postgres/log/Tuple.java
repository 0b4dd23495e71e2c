package dev.millrace.source.postgres.log;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.failure.PostgresError;

/** Where the cells of one row lie in a message. Reused from row to row. */
final class Tuple {
    static final int NULL = -1;
    static final int UNCHANGED = -2;

    private int[] starts = new int[16];
    private int[] lengths = new int[16];
    private int count;

    /** Reads the cells; afterwards the message stands behind them. */
    void read(Message message) {
        count = message.int2();
        if (count > starts.length) {
            starts = new int[count];
            lengths = new int[count];
        }
        for (int i = 0; i < count; i++) {
            byte kind = message.int1();
            switch (kind) {
                case 'n' -> lengths[i] = NULL;
                case 'u' -> lengths[i] = UNCHANGED;
                case 'b' -> {
                    lengths[i] = message.int4();
                    starts[i] = message.skip(lengths[i]);
                }
                case 't' -> throw textual(i);
                default -> throw message.malformed("a cell of kind " + kind);
            }
        }
    }

    /** The server falls back to text where a type has no binary format. */
    private static MillraceException textual(int cell) {
        return new MillraceException(
                PostgresError.TYPE,
                "A value of column " + (cell + 1) + " came as text, because its type has no binary format.",
                "Leave the table out with 'tables.exclude', or give the column a type with a binary format.");
    }

    int count() {
        return count;
    }

    int start(int column) {
        return starts[column];
    }

    /** Bytes of the cell, or {@link #NULL}, or {@link #UNCHANGED}. */
    int length(int column) {
        return lengths[column];
    }
}
