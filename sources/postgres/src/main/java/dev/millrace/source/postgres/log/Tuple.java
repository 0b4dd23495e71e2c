package dev.millrace.source.postgres.log;

/** Where the cells of one row lie in a message. Reused from row to row. */
final class Tuple {
    static final int NULL = -1;
    static final int UNCHANGED = -2;
    private static final byte KIND_NULL = 'n';
    private static final byte KIND_UNCHANGED = 'u';
    private static final byte KIND_BINARY = 'b';

    private int[] starts = new int[16];
    private int[] lengths = new int[16];

    /** Reads the cells, of which there must be so many; afterwards the message stands behind them. */
    void read(Message message, int columns) {
        int count = message.int2();
        if (count != columns) {
            throw MalformedMessage.of("a row of " + count + " cells in a table of " + columns + " columns");
        }
        if (count > starts.length) {
            starts = new int[count];
            lengths = new int[count];
        }
        for (int i = 0; i < count; i++) {
            byte kind = message.int1();
            switch (kind) {
                case KIND_NULL -> lengths[i] = NULL;
                case KIND_UNCHANGED -> lengths[i] = UNCHANGED;
                case KIND_BINARY -> {
                    int length = message.int4();
                    lengths[i] = length;
                    starts[i] = message.at();
                    message.skip(length);
                }
                default -> throw MalformedMessage.of("a cell of kind " + (kind & 0xff) + " in a binary stream");
            }
        }
    }

    int start(int column) {
        return starts[column];
    }

    /** Bytes of the cell, or {@link #NULL}, or {@link #UNCHANGED}. */
    int length(int column) {
        return lengths[column];
    }
}
