package dev.millrace.runtime.file;

import dev.millrace.error.MillraceException;
import dev.millrace.runtime.RuntimeCode;
import dev.millrace.spi.state.Ownership;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A lock on a file in the folder, which says who holds it. The system releases it when the process ends, however it ends. */
final class FileOwnership implements Ownership {
    private static final String LOCK_FILE = ".owner";
    private final Path file;
    private final FileChannel locked;
    private final @Nullable Object fileKey;

    private FileOwnership(Path file, FileChannel locked) throws IOException {
        this.file = file;
        this.locked = locked;
        this.fileKey = fileKey(file);
    }

    static FileOwnership acquire(Path folder, String owner) {
        Path file = folder.resolve(LOCK_FILE);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!lock(channel)) {
                throw ownedByOther(folder, Files.readString(file));
            }
            channel.truncate(0).write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)));
            return new FileOwnership(file, channel);
        } catch (IOException e) {
            closeQuietly(channel);
            throw FileFailure.of("lock", file, e);
        } catch (MillraceException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    @Override
    public void renew() {
        try {
            if (locked.isOpen() && Objects.equals(fileKey, fileKey(file))) {
                return;
            }
        } catch (NoSuchFileException e) {
            throw lost();
        } catch (IOException e) {
            throw FileFailure.of("find the lock", file, e);
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
        closeQuietly(locked);
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static MillraceException ownedByOther(Path folder, String owner) {
        return new MillraceException(
                RuntimeCode.STATE_OWNED,
                "This pipeline is running already: its state in " + folder + " is in use by "
                        + (owner.isBlank() ? "another process" : owner) + ".",
                "Stop the other process first, or give this pipeline a state of its own.");
    }

    private static @Nullable Object fileKey(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
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
