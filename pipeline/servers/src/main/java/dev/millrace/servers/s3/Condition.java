package dev.millrace.servers.s3;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What must be true of the present object for a write to happen: the headers {@code If-Match} and
 * {@code If-None-Match}.
 */
record Condition(Optional<String> match, Optional<String> noneMatch) {

    static Condition of(S3Request request) {
        return new Condition(request.header("If-Match"), request.header("If-None-Match"));
    }

    void demand(@Nullable StoredObject present) {
        if (present != null && noneMatch.filter(present::hasTag).isPresent()) {
            throw S3Error.preconditionFailed();
        }
        if (match.isPresent()) {
            if (present == null) {
                throw S3Error.noSuchKey();
            }
            if (!present.hasTag(match.get())) {
                throw S3Error.preconditionFailed();
            }
        }
    }
}
