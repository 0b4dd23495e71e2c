package dev.millrace.sink.paimon.s3;

import java.net.URI;
import org.apache.paimon.fs.Path;

/**
 * Where an object or a folder lies.
 *
 * @param key without a slash at the beginning or the end; empty for the bucket itself
 */
record S3Address(String bucket, String key) {
    static S3Address of(Path path) {
        URI uri = path.toUri();
        String key = uri.getPath().replaceAll("^/+|/+$", "");
        return new S3Address(uri.getAuthority(), key);
    }

    /** What the keys of everything in this folder begin with. */
    String prefix() {
        return key.isEmpty() ? "" : key + "/";
    }
}
