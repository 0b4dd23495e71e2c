package dev.millrace.servers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A folder of the cache that is filled once and kept for later runs. Several processes may ask at once: one fills, the
 * others wait. A folder that is there is complete, because it gets its name last.
 */
record CachedFolder(Path path, Path parent) {
    /** A file lock is held by the whole JVM, so the threads of one JVM need a lock of their own. */
    private static final Lock ONE_AT_A_TIME = new ReentrantLock();

    /** Puts into an empty folder what belongs there. */
    @FunctionalInterface
    interface Filler {
        void fill(Path folder) throws IOException;
    }

    static CachedFolder of(Path path) {
        return new CachedFolder(path, Objects.requireNonNull(path.getParent()));
    }

    void fillOnce(Filler filler) throws IOException {
        ONE_AT_A_TIME.lock();
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(parent);
                Path lockFile = parent.resolve(path.getFileName() + ".lock");
                try (FileChannel channel =
                                FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock held = channel.lock()) {
                    fill(filler, held);
                }
            }
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private void fill(Filler filler, FileLock held) throws IOException {
        if (!held.isValid() || Files.isDirectory(path)) {
            return;
        }
        Path partial = parent.resolve(path.getFileName() + ".partial");
        FileTrees.delete(partial);
        Files.createDirectories(partial);
        filler.fill(partial);
        Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE);
    }
}
