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

    /** Reads the cells; afterwards the message stands behind them. */
    void read(Message message) {
        int count = message.int2();
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
                    lengths[i] = message.int4();
                    starts[i] = message.at();
                    message.skip(lengths[i]);
                }
                default -> throw new IllegalStateException("a cell of kind " + (char) kind + " in a binary stream");
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
