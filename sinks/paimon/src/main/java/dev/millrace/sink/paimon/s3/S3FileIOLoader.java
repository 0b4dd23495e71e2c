package dev.millrace.sink.paimon.s3;

import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.FileIOLoader;
import org.apache.paimon.fs.Path;

/** Gives Paimon this package's file system for {@code s3://} and {@code s3a://}. */
public final class S3FileIOLoader implements FileIOLoader {
    private static final long serialVersionUID = 1L;
    private final String scheme;

    public S3FileIOLoader(String scheme) {
        this.scheme = scheme;
    }

    /** Whether a warehouse at this address lies on S3. */
    public static boolean serves(Path path) {
        String scheme = path.toUri().getScheme();
        return "s3".equals(scheme) || "s3a".equals(scheme);
    }

    @Override
    public String getScheme() {
        return scheme;
    }

    @Override
    public FileIO load(Path path) {
        return new S3FileIO();
    }
}
