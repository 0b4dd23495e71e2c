package dev.millrace.servers.faults;

import dev.millrace.servers.Programs;
import dev.millrace.servers.ServerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A disk of a given size that really gets full: a file system in memory. Needs Linux and root. */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Whether this user may mount disks here: tests that need one ask before. */
    public static boolean isPossible() {
        if (!System.getProperty("user.name").equals("root")) {
            return false;
        }
        try (SmallDisk probe = ofBytes(64 * 1024)) {
            return Files.isDirectory(probe.folder());
        } catch (ServerException notAllowed) {
            return false;
        }
    }

    /** An empty disk on a new temporary folder. The system rounds up to its page size. */
    public static SmallDisk ofBytes(long size) {
        try {
            Path folder = Files.createTempDirectory("millrace-disk-");
            SmallDisk disk = new SmallDisk(folder);
            try {
                Programs.execute(List.of("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString()));
            } catch (ServerException e) {
                Files.delete(folder);
                throw e;
            }
            return disk;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path folder() {
        return folder;
    }

    /** Gives the disk another size, as a person would who makes room. */
    public void resize(long size) {
        remount("size=" + size);
    }

    /** Nothing can be written any more, by root neither. */
    public void makeReadOnly() {
        remount("ro");
    }

    public void makeWritable() {
        remount("rw");
    }

    /** Unmounts, with all that is on it, also while files are open. */
    @Override
    public void close() {
        Programs.execute(List.of("umount", "--lazy", folder.toString()));
        try {
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remount(String option) {
        Programs.execute(List.of("mount", "-o", "remount," + option, folder.toString()));
    }
}
