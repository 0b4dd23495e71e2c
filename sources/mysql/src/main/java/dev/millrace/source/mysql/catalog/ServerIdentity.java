package dev.millrace.source.mysql.catalog;

import dev.millrace.source.mysql.wire.ServerSession;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which server it is: places by files are of one server alone.
 *
 * @param uuid   MySQL's own name of the server; empty for MariaDB, which has none
 * @param number {@code server_id}
 */
public record ServerIdentity(String uuid, long number) {

    /** The server's at the other end of the session. */
    public static ServerIdentity of(ServerSession session) {
        String uuid = session.greeting().isMariaDb() ? "''" : "@@global.server_uuid";
        List<@Nullable String> row =
                session.query("select " + uuid + ", @@global.server_id").getFirst();
        return new ServerIdentity(
                Objects.requireNonNull(row.get(0)), Long.parseLong(Objects.requireNonNull(row.get(1))));
    }

    /** Whether places of the one are places of the other. A server of MySQL may be given another number. */
    public boolean isSame(ServerIdentity other) {
        return uuid.equals(other.uuid) && (!uuid.isEmpty() || number == other.number);
    }

    /** For people. */
    @Override
    public String toString() {
        return uuid.isEmpty() ? "server_id " + number : uuid;
    }
}
