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

    private final Path folder;
    private final int memoryBytes;
    private final long transaction;
    private final Set<Integer> aborted = new HashSet<>();
    private byte[] memory = new byte[FIRST_BYTES];
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
    }

    /** What this subtransaction did never happened. */
    void abort(int subtransaction) {
        aborted.add(subtransaction);
    }

    boolean isAborted(int subtransaction) {
        return !aborted.isEmpty() && aborted.contains(subtransaction);
    }

    long byteSize() {
        return fileBytes + used;
    }

    void add(byte[] source, int offset, int length) {
        reserve(4 + length);
        memory[used] = (byte) (length >> 24);
        memory[used + 1] = (byte) (length >> 16);
        memory[used + 2] = (byte) (length >> 8);
        memory[used + 3] = (byte) length;
        System.arraycopy(source, offset, memory, used + 4, length);
        used += 4 + length;
    }

    private void reserve(int bytes) {
        if (bytes > memory.length - used && used > 0 && used + bytes > memoryBytes) {
            write();
        }
        if (bytes > memory.length - used) {
            memory = Arrays.copyOf(memory, Math.max(used + bytes, Math.min(2 * memory.length, memoryBytes)));
        }
    }

    private void write() {
        try {
            FileChannel to = file;
            if (to == null) {
                to = open();
                file = to;
            }
            ByteBuffer bytes = ByteBuffer.wrap(memory, 0, used);
            while (bytes.hasRemaining()) {
                fileBytes += to.write(bytes, fileBytes);
            }
            used = 0;
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
        if (windowEnd - windowAt < 4 && !load(4)) {
            return false;
        }
        int length = BigEndian.int4(window, windowAt);
        if (windowEnd - windowAt < 4 + length && !load(4 + length)) {
            throw new IllegalStateException("The spool of transaction " + transaction + " ends within a message");
        }
        message.reset(window, windowAt + 4, length);
        windowAt += 4 + length;
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
                int wanted = (int) Math.min(window.length - windowEnd, fileBytes - readBytes);
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
