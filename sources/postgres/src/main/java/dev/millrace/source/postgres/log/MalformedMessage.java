package dev.millrace.source.postgres.log;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.failure.PostgresError;

/** The server said something that we don't understand. */
final class MalformedMessage {
    private MalformedMessage() {}

    static MillraceException ofKind(byte kind) {
        return of("a message of the unknown kind " + (kind & 0xff));
    }

    static MillraceException of(String what) {
        return new MillraceException(
                PostgresError.PROTOCOL,
                "The log's stream makes no sense: " + what + ".",
                "See that the server is one of PostgreSQL 14 to 18, and report this with its version.");
    }
}
