package dev.millrace.source.postgres;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.connection.PostgresFailure;
import dev.millrace.source.postgres.connection.Sessions;
import java.sql.Connection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which servers this process has talked to. A pipeline without state whose server never answered has most likely the wrong
 * address, and somebody waits for the answer; a server that did answer will do so again. Safe for any thread.
 */
final class KnownServers {
    private final Set<String> reached = ConcurrentHashMap.newKeySet();

    /** @throws MillraceException that no restart mends, where no server answers and none ever did */
    Connection connect(Sessions sessions, String purpose) {
        String address = sessions.server().toString();
        try {
            Connection connection = sessions.sql(purpose);
            reached.add(address);
            return connection;
        } catch (MillraceException e) {
            throw reached.contains(address) ? e : PostgresFailure.atFirst(e);
        }
    }
}
