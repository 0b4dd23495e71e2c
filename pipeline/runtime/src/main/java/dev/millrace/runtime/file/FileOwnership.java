package dev.millrace.runtime.file;

import dev.millrace.error.MillraceException;
import dev.millrace.runtime.RuntimeCode;
import dev.millrace.spi.state.Ownership;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Two locks on a file in the folder, which says who holds them. The system releases them when the process ends, however it ends.
 * The first lock is the ownership. The second only shows that there is an owner: whoever wants to know that tries the second, and
 * so never stands in the way of a process that wants to own the folder.
 */
final class FileOwnership implements Ownership {
    private static final String LOCK_FILE = ".owner";
    /** Bytes that the file does not have: locks on them keep nobody from reading it. */
    private static final long OWNERSHIP = Long.MAX_VALUE - 2;

    private static final long MARK = Long.MAX_VALUE - 1;
    /**
     * What this process owns, by the file's own key. The system's locks belong to a process: it would be given them twice, and
     * loses them all as soon as it closes any channel to the file.
     */
    private static final Map<Object, String> OWNED_HERE = new ConcurrentHashMap<>();

    private final Path file;
    private final Object fileKey;
    private final FileChannel channel;
    private final ReentrantLock renewing = new ReentrantLock();
    private @Nullable FileLock mark;

    private FileOwnership(Path file, Object fileKey, FileChannel channel) {
        this.file = file;
        this.fileKey = fileKey;
        this.channel = channel;
    }

    static FileOwnership acquire(Path folder, String owner) {
        Path file = folder.resolve(LOCK_FILE);
        try {
            Object key = keyOfNewOrPresent(file);
            String before = OWNED_HERE.putIfAbsent(key, owner);
            if (before != null) {
                throw ownedByOther(folder, before);
            }
            return locked(folder, file, key, owner);
        } catch (IOException e) {
            throw FileFailure.of("lock", file, e);
        }
    }

    /** Who owns the folder; empty where nobody does. */
    static Optional<String> ownerOf(Path folder) {
        Path file = folder.resolve(LOCK_FILE);
        try {
            String here = OWNED_HERE.get(key(file));
            if (here != null) {
                return Optional.of(here);
            }
            try (FileChannel looking = FileChannel.open(file, StandardOpenOption.READ)) {
                return looking.tryLock(MARK, 1, true) == null ? Optional.of(name(file)) : Optional.empty();
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw FileFailure.of("look at the lock", file, e);
        }
    }

    private static FileOwnership locked(Path folder, Path file, Object key, String owner) throws IOException {
        FileChannel channel = null;
        boolean done = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock(OWNERSHIP, 1, false) == null) {
                throw ownedByOther(folder, name(file));
            }
            channel.truncate(0).write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)));
            FileOwnership owned = new FileOwnership(file, key, channel);
            owned.show();
            done = true;
            return owned;
        } finally {
            if (!done) {
                OWNED_HERE.remove(key);
                closeQuietly(channel);
            }
        }
    }

    /** In vain while somebody looks at this very moment; then the next renewal does it. */
    private void show() throws IOException {
        if (mark == null) {
            mark = channel.tryLock(MARK, 1, false);
        }
    }

    @Override
    public void renew() {
        renewing.lock();
        try {
            if (channel.isOpen() && fileKey.equals(key(file))) {
                show();
                return;
            }
        } catch (NoSuchFileException e) {
            throw lost();
        } catch (IOException e) {
            throw FileFailure.of("find the lock", file, e);
        } finally {
            renewing.unlock();
        }
        throw lost();
    }

    private MillraceException lost() {
        return new MillraceException(
                RuntimeCode.STATE_TAKEN,
                "The lock of the state, " + file + ", was removed or replaced while the pipeline was running.",
                "Never remove files of a running pipeline's state. Start the pipeline again once only one process uses it.");
    }

    @Override
    public void close() {
        closeQuietly(channel);
        OWNED_HERE.remove(fileKey);
    }

    private static MillraceException ownedByOther(Path folder, String owner) {
        return new MillraceException(
                RuntimeCode.STATE_OWNED,
                "This pipeline is running already: its state in " + folder + " is in use by " + owner + ".",
                "Stop the other process first, or give this pipeline a state of its own.");
    }

    private static String name(Path file) throws IOException {
        String owner = Files.readString(file);
        return owner.isBlank() ? "another process" : owner;
    }

    /** Opens no file that is there already. */
    private static Object keyOfNewOrPresent(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            return key(file);
        }
        return key(file);
    }

    private static Object key(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file.toRealPath() : key;
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
