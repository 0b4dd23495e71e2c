package dev.millrace.servers.s3;

import java.util.Optional;

/** Decides which requests fail. Asked by many threads at once. */
@FunctionalInterface
public interface S3Faults {
    S3Faults NONE = (method, path) -> Optional.empty();

    /**
     * What happens to this request, or nothing.
     *
     * @param method the HTTP method
     * @param path bucket and key: {@code bucket/some/key}; {@code bucket/} for a request about a whole bucket
     */
    Optional<S3Fault> faultFor(String method, String path);
}
