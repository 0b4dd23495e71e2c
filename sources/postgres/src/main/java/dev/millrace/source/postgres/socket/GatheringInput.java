package dev.millrace.source.postgres.socket;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads a socket in large pieces. A sender of many small messages wakes a waiting reader for each of them, which costs both
 * more than the messages do. So while much arrives, half a millisecond's worth is left to gather before each read; while
 * little arrives, the read waits and takes the first bytes at once. Used by one thread.
 */
final class GatheringInput extends InputStream {
    static final int CAPACITY = 1 << 17;
    private static final long GATHER_NANOS = 500_000;
    private static final long WINDOW_NANOS = 2_000_000;
    /** Less than this rate is not worth any delay: 2 MB a second, some thousand rows. */
    private static final long BYTES_A_WINDOW = 4_000;

    private final Receiver receiver;
    private final byte[] buffer = new byte[CAPACITY];
    private int start;
    private int end;
    private boolean ended;
    private long windowStart = System.nanoTime();
    private long windowBytes;
    private boolean behind;

    GatheringInput(Receiver receiver) {
        this.receiver = receiver;
    }

    /** Waits until something can be read, the end included; false if the time was over first. */
    boolean await(long nanos) throws IOException {
        return start < end || ended || fill(Math.max(1, (int) TimeUnit.NANOSECONDS.toMillis(nanos)));
    }

    /** Whether so much has arrived of late that reading must be behind, or gains from taking it in large pieces anyway. */
    boolean isBehind() {
        return behind;
    }

    @Override
    public int read() throws IOException {
        return hasBytes() ? buffer[start++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!hasBytes()) {
            return -1;
        }
        int count = Math.min(length, end - start);
        System.arraycopy(buffer, start, target, offset, count);
        start += count;
        return count;
    }

    @Override
    public int available() throws IOException {
        return start < end ? end - start : receiver.available();
    }

    private boolean hasBytes() throws IOException {
        return start < end || !ended && fill(0) && start < end;
    }

    private boolean fill(int timeoutMillis) throws IOException {
        if (isGainful() && receiver.available() < buffer.length / 2) {
            LockSupport.parkNanos(GATHER_NANOS);
        }
        int count = receiver.receive(buffer, timeoutMillis);
        start = 0;
        end = Math.max(0, count);
        ended = count < 0;
        windowBytes += end;
        return count != 0;
    }

    private boolean isGainful() {
        long now = System.nanoTime();
        long length = now - windowStart;
        if (length >= WINDOW_NANOS) {
            behind = windowBytes >= BYTES_A_WINDOW * (length / WINDOW_NANOS);
            windowStart = now;
            windowBytes = 0;
        }
        return behind;
    }
}
