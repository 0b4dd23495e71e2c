package dev.millrace.servers.faults;

import dev.millrace.servers.ServerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of a given size that really gets full: a file system in memory. Needs Linux, and root or user name spaces. */
public final class SmallDisk implements AutoCloseable {
    private final MountSpace space;
    private final Path mountPoint;

    private SmallDisk(MountSpace space, Path mountPoint) {
        this.space = space;
        this.mountPoint = mountPoint;
    }

    /**
     * An empty disk on a new temporary folder. The system rounds up to its page size.
     *
     * @throws ServerException where this user can't have one
     */
    public static SmallDisk ofBytes(long size) {
        MountSpace space = MountSpace.open();
        try {
            Path folder = Files.createTempDirectory("millrace-disk-");
            try {
                space.mount(folder, "size=" + size);
            } catch (ServerException e) {
                Files.delete(folder);
                throw e;
            }
            return new SmallDisk(space, folder);
        } catch (IOException e) {
            space.close();
            throw new UncheckedIOException(e);
        } catch (ServerException e) {
            space.close();
            throw e;
        }
    }

    public Path folder() {
        return space.seen(mountPoint);
    }

    /** Gives the disk another size, as a person would who makes room. */
    public void resize(long size) {
        space.mount(mountPoint, "remount,size=" + size);
    }

    /** Takes all room that is left, as somebody else's files would; {@link #resize} gives some back. */
    public void fill() {
        try {
            Path file = folder().resolve("filler");
            long free = Files.getFileStore(folder()).getUsableSpace();
            byte[] piece = new byte[1 << 16];
            try (var out = Files.newOutputStream(file)) {
                for (long left = free; left > 0; left -= piece.length) {
                    out.write(piece, 0, (int) Math.min(left, piece.length));
                }
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Nothing can be written any more, by root neither. */
    public void makeReadOnly() {
        space.mount(mountPoint, "remount,ro");
    }

    public void makeWritable() {
        space.mount(mountPoint, "remount,rw");
    }

    /** Unmounts, with all that is on it, also while files are open. */
    @Override
    public void close() {
        try (space) {
            space.unmount(mountPoint);
            Files.delete(mountPoint);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
