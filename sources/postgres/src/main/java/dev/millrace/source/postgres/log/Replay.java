package dev.millrace.source.postgres.log;

import dev.millrace.source.postgres.types.BigEndian;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Goes through the messages of a transaction that has committed. */
final class Replay {
    private static final byte RELATION = 'R';

    private final @Nullable FileChannel file;
    private final Set<Integer> aborted;
    private byte[] bytes;
    private int next;
    private int limit;
    private int start;

    /**
     * @param bytes the messages, or room to read them from the file
     * @param limit where they end
     */
    Replay(byte[] bytes, int limit, @Nullable FileChannel file, Set<Integer> aborted) {
        this.bytes = bytes;
        this.limit = limit;
        this.file = file;
        this.aborted = aborted;
    }

    /**
     * Goes on to the next message that counts. A table's description counts even where its subtransaction was aborted: the
     * server sends it once a transaction.
     */
    boolean next() throws IOException {
        while (has(Spool.HEADER)) {
            int length = BigEndian.int4(bytes, next);
            int xid = BigEndian.int4(bytes, next + 4);
            if (!has(Spool.HEADER + length)) {
                throw new EOFException("the file ends in the middle of a message");
            }
            start = next + Spool.HEADER;
            next = start + length;
            if (bytes[start] == RELATION || !aborted.contains(xid)) {
                return true;
            }
        }
        return false;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the message begins. */
    int start() {
        return start;
    }

    int end() {
        return next;
    }

    private boolean has(int count) throws IOException {
        if (limit - next < count && file != null) {
            readOn(file, count);
        }
        return limit - next >= count;
    }

    private void readOn(FileChannel from, int count) throws IOException {
        byte[] target = count > bytes.length ? Arrays.copyOf(bytes, Math.max(count, 2 * bytes.length)) : bytes;
        System.arraycopy(bytes, next, target, 0, limit - next);
        limit -= next;
        next = 0;
        bytes = target;
        int read = 0;
        while (limit < count && read >= 0) {
            read = from.read(ByteBuffer.wrap(bytes, limit, bytes.length - limit));
            limit += Math.max(0, read);
        }
    }
}
