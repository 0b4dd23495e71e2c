package dev.millrace.source.mysql;

import dev.millrace.source.mysql.config.MySqlConfig;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.snapshot.EpochSessions;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.SourceContext.ReadMode;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is wanted, and the ways to the server.
 *
 * @param sessions opens a session
 * @param epochs   where the sessions of an epoch wait for their readers
 */
record MySqlAccess(MySqlConfig config, SourceContext context, Supplier<ServerSession> sessions, EpochSessions epochs) {

    /** Where to stop reading the log, if this run is to stop: where it ends now. */
    Optional<LogPosition> end(ServerSession session) {
        return context.mode() == ReadMode.UNTIL_CAUGHT_UP
                ? Optional.of(new LogPlaces(session).latest())
                : Optional.empty();
    }
}
