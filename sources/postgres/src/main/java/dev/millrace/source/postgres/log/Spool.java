package dev.millrace.source.postgres.log;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.types.BigEndian;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one transaction in progress, in order: in memory at first, then in a file that goes when it is closed, or
 * with the process.
 */
final class Spool implements AutoCloseable {
    private static final int FIRST_BYTES = 1 << 14;
    /** The length of the message that follows. */
    private static final int HEADER = 4;
    /** The JDK copies what is written or read at once into memory outside the heap. */
    private static final int PIECE = 1 << 18;

    private final Path folder;
    private final int memoryBytes;
    private final long transaction;
    private final Set<Integer> aborted = new HashSet<>();
    private byte[] memory;
    private int used;
    private @Nullable FileChannel file;
    private long fileBytes;

    private byte[] window = new byte[0];
    private int windowAt;
    private int windowEnd;
    private long readBytes;

    /** @param memoryBytes how much is kept in memory before the file is begun */
    Spool(Path folder, int memoryBytes, long transaction) {
        this.folder = folder;
        this.memoryBytes = memoryBytes;
        this.transaction = transaction;
        this.memory = new byte[Math.min(FIRST_BYTES, memoryBytes)];
    }

    /** What this subtransaction did never happened. */
    void abort(int subtransaction) {
        aborted.add(subtransaction);
    }

    boolean isAborted(int subtransaction) {
        return !aborted.isEmpty() && aborted.contains(subtransaction);
    }

    void add(byte[] source, int offset, int length) {
        long needed = HEADER + (long) length;
        if (needed > memoryBytes - used) {
            write(ByteBuffer.wrap(memory, 0, used));
            used = 0;
        }
        if (needed > memoryBytes) {
            write(ByteBuffer.allocate(HEADER).putInt(length).flip());
            write(ByteBuffer.wrap(source, offset, length));
            return;
        }
        int end = used + (int) needed;
        if (end > memory.length) {
            memory = Arrays.copyOf(memory, Math.max(end, Math.min(2 * memory.length, memoryBytes)));
        }
        ByteBuffer.wrap(memory, used, HEADER).putInt(length);
        System.arraycopy(source, offset, memory, used + HEADER, length);
        used = end;
    }

    /** What this holds of the heap while messages are added. */
    int heapBytes() {
        return memory.length;
    }

    private void write(ByteBuffer bytes) {
        try {
            FileChannel to = file;
            if (to == null) {
                to = open();
                file = to;
            }
            int end = bytes.limit();
            while (bytes.position() < end) {
                bytes.limit(Math.min(end, bytes.position() + PIECE));
                fileBytes += to.write(bytes, fileBytes);
            }
        } catch (IOException e) {
            throw failed("written", e);
        }
    }

    private FileChannel open() throws IOException {
        Files.createDirectories(folder);
        Path path = folder.resolve("transaction-" + transaction + "-" + System.nanoTime() + ".spool");
        return FileChannel.open(
                path,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** Takes the next message out; false behind the last. Nothing may be added any more. */
    boolean next(Message message) {
        if (windowEnd - windowAt < HEADER && !load(HEADER)) {
            return false;
        }
        int length = BigEndian.int4(window, windowAt);
        if (windowEnd - windowAt < HEADER + length && !load(HEADER + length)) {
            throw new IllegalStateException("The spool of transaction " + transaction + " ends within a message");
        }
        message.reset(window, windowAt + HEADER, length);
        windowAt += HEADER + length;
        return true;
    }

    private boolean load(int needed) {
        int rest = windowEnd - windowAt;
        if (readBytes < fileBytes) {
            byte[] next =
                    window.length >= Math.max(needed, memoryBytes) ? window : new byte[Math.max(needed, memoryBytes)];
            System.arraycopy(window, windowAt, next, 0, rest);
            window = next;
            windowAt = 0;
            windowEnd = rest;
            read(needed);
            return true;
        }
        if (used == 0) {
            return false;
        }
        if (rest > 0) {
            throw new IllegalStateException("The spool of transaction " + transaction + " ends within a message");
        }
        window = memory;
        windowAt = 0;
        windowEnd = used;
        used = 0;
        return true;
    }

    private void read(int needed) {
        FileChannel from = file;
        if (from == null) {
            throw new IllegalStateException("The spool of transaction " + transaction + " is closed");
        }
        try {
            while (windowEnd < needed) {
                int wanted = (int) Math.min(Math.min(window.length - windowEnd, PIECE), fileBytes - readBytes);
                int count = from.read(ByteBuffer.wrap(window, windowEnd, wanted), readBytes);
                if (count <= 0) {
                    throw new IOException("its file is shorter than what was written");
                }
                readBytes += count;
                windowEnd += count;
            }
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    private MillraceException failed(String done, IOException cause) {
        return new MillraceException(
                PostgresError.SPOOL,
                "The transaction in progress " + transaction + " is too large for memory and could not be " + done
                        + " in " + folder + " after " + fileBytes + " bytes: " + cause.getMessage(),
                "Make room there; reading goes on from the last checkpoint.",
                cause);
    }

    @Override
    public void close() {
        FileChannel closing = file;
        file = null;
        if (closing != null) {
            try {
                closing.close();
            } catch (IOException e) {
                throw failed("removed", e);
            }
        }
    }
}
