package dev.millrace.source.mysql.setup;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.wire.ServerSession;
import java.util.HashSet;
import java.util.Set;

/** Who else reads the log, as far as the server knows and tells. */
public final class LogReaders {
    /** MySQL has the former statement no more from here on. */
    private static final int RENAMED = 804;

    private LogReaders() {}

    /** The numbers of the replicas that have said theirs; none where the user may not ask. */
    public static Set<Long> numbers(ServerSession session, ServerFacts server) {
        String statement = !server.mariaDb() && server.version() >= RENAMED ? "show replicas" : "show slave hosts";
        Set<Long> numbers = new HashSet<>();
        try {
            session.query(statement).forEach(row -> numbers.add(Long.parseLong(String.valueOf(row.getFirst()))));
        } catch (MillraceException refused) {
            if (refused.code() != MySqlError.PRIVILEGE) {
                throw refused;
            }
        }
        return numbers;
    }
}
