package dev.millrace.source.postgres.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The messages of one transaction that has not committed yet: the older ones in a file once there are many. */
final class Spool {
    /** The message's length and the subtransaction that it belongs to. */
    static final int HEADER = 8;

    private static final int FIRST_CAPACITY = 8 * 1024;
    private static final int CAPACITY_BESIDE_FILE = 64 * 1024;

    private final Path path;
    private final Set<Integer> aborted = new HashSet<>();
    private byte[] memory = new byte[FIRST_CAPACITY];
    private int used;
    private @Nullable FileChannel file;

    Spool(Path path) {
        this.path = path;
    }

    /**
     * Adds a message, without the number of its subtransaction.
     *
     * @param from behind its kind and that number
     */
    void append(int xid, byte kind, byte[] source, int from, int end) {
        int length = 1 + end - from;
        if (used + HEADER + length > memory.length) {
            memory = Arrays.copyOf(memory, Math.max(used + HEADER + length, 2 * memory.length));
        }
        ByteBuffer.wrap(memory, used, HEADER + length)
                .putInt(length)
                .putInt(xid)
                .put(kind)
                .put(source, from, end - from);
        used += HEADER + length;
    }

    /** What the subtransaction did is void. */
    void abort(int xid) {
        aborted.add(xid);
    }

    int inMemory() {
        return memory.length;
    }

    /** Moves what is in memory to the file, which leaves nothing behind, however this process ends. */
    void spill() throws IOException {
        FileChannel open = file;
        if (open == null) {
            open = FileChannel.open(
                    path,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
            file = open;
        }
        ByteBuffer bytes = ByteBuffer.wrap(memory, 0, used);
        while (bytes.hasRemaining()) {
            open.write(bytes);
        }
        used = 0;
        if (memory.length > CAPACITY_BESIDE_FILE) {
            memory = new byte[CAPACITY_BESIDE_FILE];
        }
    }

    /** From the first message on. Nothing is added any more. */
    Replay replay() throws IOException {
        FileChannel open = file;
        if (open == null) {
            return new Replay(memory, used, null, aborted);
        }
        spill();
        return new Replay(memory, 0, open.position(0), aborted);
    }

    /** The file goes with it. */
    void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
