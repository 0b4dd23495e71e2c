package dev.millrace.state.s3;

import dev.millrace.error.MillraceException;
import java.net.URI;

/**
 * A folder in a bucket.
 *
 * @param prefix ends with a slash, or is empty for the whole bucket
 */
record S3Location(String bucket, String prefix) {

    static S3Location of(URI uri) {
        String bucket = uri.getAuthority();
        if (bucket == null || bucket.isEmpty()) {
            throw new MillraceException(
                    S3StateCode.BAD_LOCATION,
                    "The state's location '" + uri + "' names no bucket.",
                    "Write it as s3://bucket/folder.");
        }
        String path = uri.getPath().replaceAll("^/+|/+$", "");
        return new S3Location(bucket, path.isEmpty() ? "" : path + "/");
    }

    String key(String name) {
        return prefix + name;
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + prefix;
    }
}
