package dev.millrace.source.mysql;

import dev.millrace.source.mysql.catalog.LogHead;
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

    /** Where to stop reading the log, if this run is to stop: where it ends now, and up to when all is before that. */
    Optional<LogPosition> end(ServerSession session) {
        if (context.mode() != ReadMode.UNTIL_CAUGHT_UP) {
            return Optional.empty();
        }
        // The time comes before the place.
        long micros = LogHead.settledMicros(session);
        LogPosition latest = new LogPlaces(session).latest();
        return Optional.of(new LogPosition(latest.after(), latest.place(), latest.number(), micros));
    }
}
