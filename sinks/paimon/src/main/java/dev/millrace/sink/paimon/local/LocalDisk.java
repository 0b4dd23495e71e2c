package dev.millrace.sink.paimon.local;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.PositionOutputStream;
import org.apache.paimon.fs.local.LocalFileIO;

/**
 * A local disk that keeps order through a power cut: before a file gets its name atomically (a snapshot, a schema, a
 * manifest), everything that was written before is on the disk, and after {@link #sync} everything is. Removed files may come
 * back, as after a crash in the middle of removing them.
 */
public final class LocalDisk extends LocalFileIO {
    private static final long serialVersionUID = 1L;
    private final transient Unsynced unsynced = new Unsynced();

    LocalDisk() {}

    /** All that was written through this object is on the disk when this returns. */
    public void sync() throws IOException {
        unsynced.sync();
    }

    @Override
    public PositionOutputStream newOutputStream(Path path, boolean overwrite) throws IOException {
        File file = file(path);
        if (!overwrite && file.exists()) {
            throw new FileAlreadyExistsException("File already exists: " + path);
        }
        Path parent = path.getParent();
        if (parent != null && !mkdirs(parent)) {
            throw new IOException("Mkdirs failed to create " + parent);
        }
        return new LocalOutput(file.toPath(), unsynced);
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        Deque<File> missing = new ArrayDeque<>();
        for (File folder = file(path); folder != null && !folder.exists(); folder = folder.getParentFile()) {
            missing.push(folder);
        }
        if (!super.mkdirs(path)) {
            return false;
        }
        missing.forEach(folder -> unsynced.name(folder.toPath()));
        return true;
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        boolean renamed = super.rename(from, to);
        unsynced.name(file(to).toPath());
        return renamed;
    }

    /** A second name for a finished file is given by the system to one only, also where two processes ask for it. */
    @Override
    public boolean tryToWriteAtomic(Path path, String content) throws IOException {
        Path unfinished = path.createTempPath();
        try {
            writeFile(unfinished, content, false);
            sync();
            return giveName(unfinished, path);
        } finally {
            deleteQuietly(unfinished);
        }
    }

    private boolean giveName(Path unfinished, Path path) throws IOException {
        java.nio.file.Path name = file(path).toPath();
        try {
            Files.createLink(name, file(unfinished).toPath());
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (FileSystemException | UnsupportedOperationException e) {
            // Some file systems know no second names.
            return rename(unfinished, path);
        }
        unsynced.name(name);
        return true;
    }

    /** A reader sees the old content or the new one, after a power cut too. */
    @Override
    public void overwriteFileUtf8(Path path, String content) throws IOException {
        Path unfinished = path.createTempPath();
        try {
            writeFile(unfinished, content, false);
            sync();
            replace(unfinished, path);
        } finally {
            deleteQuietly(unfinished);
        }
        unsynced.name(file(path).toPath());
    }

    /** Nobody relies on a hint: where it is lost or empty, Paimon lists the snapshots. So it need not be on the disk. */
    @Override
    public void overwriteHintFile(Path path, String content) throws IOException {
        Path unfinished = path.createTempPath();
        try {
            Files.write(file(unfinished).toPath(), content.getBytes(StandardCharsets.UTF_8));
            replace(unfinished, path);
        } finally {
            deleteQuietly(unfinished);
        }
    }

    private void replace(Path from, Path to) throws IOException {
        Files.move(
                file(from).toPath(),
                file(to).toPath(),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private File file(Path path) {
        return toFile(path).getAbsoluteFile();
    }
}
