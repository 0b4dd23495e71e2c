package dev.millrace.source.relational.progress;

/** How far the log's reader is. Written by the reader, read by anybody. */
public final class LogProgress {
    /** Less than this is between two looks at a busy server: a reader that keeps up is no nearer. */
    private static final long NEAR_BYTES = 16 << 20;

    private static final long NEAR_MICROS = 10_000_000;

    private volatile long lagBytes = -1;
    private volatile long lagMicros = -1;

    /** Bytes of the log before its head that were not read yet; -1 if unknown. */
    public long lagBytes() {
        return lagBytes;
    }

    /** How far the last transaction read lies behind the server's clock; 0 when all were read, -1 if unknown. */
    public long lagMicros() {
        return lagMicros;
    }

    public boolean hasCaughtUp() {
        return lagMicros >= 0 && lagMicros < NEAR_MICROS && lagBytes < NEAR_BYTES;
    }

    public void bytes(long bytes) {
        lagBytes = bytes;
    }

    /** A transaction was read. */
    public void read(long micros) {
        lagMicros = Math.max(0, micros);
    }

    /** There was nothing to read; unless the server has yet to look through much of its log for us, there is nothing. */
    public void nothingCame() {
        if (lagBytes < NEAR_BYTES) {
            lagMicros = 0;
        }
    }
}
