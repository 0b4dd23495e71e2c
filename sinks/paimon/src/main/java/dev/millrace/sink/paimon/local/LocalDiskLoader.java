package dev.millrace.sink.paimon.local;

import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.FileIOLoader;
import org.apache.paimon.fs.Path;

/** Gives Paimon this package's file system for {@code file:}, the same one each time that it asks. */
public final class LocalDiskLoader implements FileIOLoader {
    private static final long serialVersionUID = 1L;
    private static final String SCHEME = "file";
    private final LocalDisk disk = new LocalDisk();

    /** Whether a warehouse at this address lies on a local disk. */
    public static boolean serves(Path path) {
        String scheme = path.toUri().getScheme();
        return scheme == null || scheme.equals(SCHEME);
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileIO load(Path path) {
        return disk;
    }
}
