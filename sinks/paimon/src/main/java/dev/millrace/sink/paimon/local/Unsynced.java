package dev.millrace.sink.paimon.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What has been written and may not be on the disk yet. Many small files together cost little more than one. Used by any
 * number of threads.
 */
final class Unsynced {
    private final Set<Path> files = ConcurrentHashMap.newKeySet();
    private final Set<Path> folders = ConcurrentHashMap.newKeySet();
    /** Who syncs waits for who has begun before: what the other has taken on may not be on the disk yet. */
    private final ReentrantLock syncing = new ReentrantLock();

    private boolean broken;

    void file(Path file) {
        files.add(file);
    }

    /** The name is new in its folder. */
    void name(Path path) {
        Path folder = path.getParent();
        if (folder != null) {
            folders.add(folder);
        }
    }

    /** All that was noted before is on the disk when this returns: the files' contents first, then their names. */
    void sync() throws IOException {
        syncing.lock();
        try {
            syncAll();
        } finally {
            syncing.unlock();
        }
    }

    private void syncAll() throws IOException {
        if (broken) {
            throw new IOException("an earlier write did not reach the disk, and nobody knows which");
        }
        boolean done = false;
        try {
            sync(files, StandardOpenOption.WRITE);
            sync(folders, StandardOpenOption.READ);
            done = true;
        } finally {
            // The system reports a failed write once; asked again it would say that all is well.
            broken |= !done;
        }
    }

    private static void sync(Set<Path> paths, OpenOption how) throws IOException {
        for (Path path : List.copyOf(paths)) {
            // Noted again from here on, it is synced again.
            paths.remove(path);
            try (FileChannel channel = FileChannel.open(path, how)) {
                channel.force(true);
            } catch (NoSuchFileException e) {
                // Removed meanwhile: there is nothing to keep.
            }
        }
    }
}
