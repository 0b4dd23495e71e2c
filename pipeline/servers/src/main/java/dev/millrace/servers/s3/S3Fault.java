package dev.millrace.servers.s3;

import java.time.Duration;

/** What happens to a request instead of, or besides, its answer. */
public sealed interface S3Fault {
    /** It is refused and nothing is done: 503 {@code SlowDown}, 500 {@code InternalError}, 403 {@code AccessDenied}. */
    record Status(int status, String code) implements S3Fault {}

    /** The connection breaks before anything is done. */
    record Drop() implements S3Fault {}

    /** It is done, and the connection breaks before the client hears of it. */
    record LoseAnswer() implements S3Fault {}

    /** It is done later. */
    record Delay(Duration duration) implements S3Fault {}
}
