package dev.millrace.source.mysql.log;

import dev.millrace.source.mysql.types.TypePolicy;
import dev.millrace.source.mysql.wire.ServerSession;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How the log is read.
 *
 * @param sessions  opens a session with the server
 * @param replica   the number under which the server knows this reader; no other reader and no server may have it
 * @param heartbeat how often the server says that it is there while nothing happens; silent for longer than twice that, it is
 *                  given up
 */
public record LogAccess(Supplier<ServerSession> sessions, long replica, Duration heartbeat, TypePolicy policy) {
    public static final Duration USUAL_HEARTBEAT = Duration.ofSeconds(15);

    /** After which a server is given up: a connection may be gone without either end being told. */
    Duration longestSilence() {
        return heartbeat.multipliedBy(2);
    }
}
