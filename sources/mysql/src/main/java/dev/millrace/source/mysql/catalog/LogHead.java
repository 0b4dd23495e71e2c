package dev.millrace.source.mysql.catalog;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.position.BinlogPlace;
import dev.millrace.source.mysql.position.GtidSet;
import dev.millrace.source.mysql.position.LogStart;
import dev.millrace.source.mysql.position.MariaDbGtidList;
import dev.millrace.source.mysql.wire.ServerSession;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The end of a server's log, as a session is told. */
public record LogHead(BinlogPlace place, LogStart after) {
    private static final int GTIDS = 4;
    /** For transactions that had taken their commit time and not yet been written when somebody looked. */
    private static final long COMMIT_MARGIN_MICROS = 1_000_000;

    /** Where the log ends now; commits may go on meanwhile. */
    public static LogHead now(ServerSession session) {
        List<List<@Nullable String>> rows = status(session);
        if (rows.isEmpty()) {
            throw noLog();
        }
        List<@Nullable String> row = rows.getFirst();
        BinlogPlace place = place(row.get(0), row.get(1));
        if (session.greeting().isMariaDb()) {
            return new LogHead(place, mariaDb(session, place));
        }
        GtidSet executed = GtidSet.parse(Objects.requireNonNullElse(row.get(GTIDS), ""));
        return new LogHead(place, hasGtids(session) ? new LogStart.After(executed) : new LogStart.At(place));
    }

    /** File, offset, and the databases that are logged alone or not at all; no row where there is no log. */
    public static List<List<@Nullable String>> status(ServerSession session) {
        return session.query(session.greeting().isMariaDb() ? "show master status" : statement(session));
    }

    /**
     * What was committed up to this time lies before any place that is looked up afterwards: microseconds since the epoch, by the server's
     * clock, whatever the session's zone.
     */
    public static long settledMicros(ServerSession session) {
        String micros = session.query("select timestampdiff(microsecond, '1970-01-01 00:00:00', utc_timestamp(6))")
                .getFirst()
                .getFirst();
        return Long.parseLong(Objects.requireNonNull(micros)) - COMMIT_MARGIN_MICROS;
    }

    /** Where they are only allowed, a transaction may have none, and would come again and again. */
    private static boolean hasGtids(ServerSession session) {
        return "ON".equals(session.query("select @@global.gtid_mode").getFirst().getFirst());
    }

    /** What the session's own transaction sees, on MariaDB: its snapshot knows its place. */
    public static LogHead ofSnapshot(ServerSession session) {
        List<List<@Nullable String>> status = session.query(
                "show status where variable_name in ('binlog_snapshot_file', 'binlog_snapshot_position')");
        String file = value(status, "binlog_snapshot_file");
        if (file.isEmpty()) {
            throw noLog();
        }
        BinlogPlace place = place(file, value(status, "binlog_snapshot_position"));
        return new LogHead(place, mariaDb(session, place));
    }

    private static LogStart mariaDb(ServerSession session, BinlogPlace place) {
        String gtids = session.query("select binlog_gtid_pos('" + place.file() + "', " + place.offset() + ")")
                .getFirst()
                .getFirst();
        return gtids == null ? new LogStart.At(place) : new LogStart.AfterMariaDb(MariaDbGtidList.parse(gtids));
    }

    private static String value(List<List<@Nullable String>> status, String name) {
        return status.stream()
                .filter(row -> name.equalsIgnoreCase(row.get(0)))
                .map(row -> Objects.requireNonNullElse(row.get(1), ""))
                .findFirst()
                .orElse("");
    }

    private static BinlogPlace place(@Nullable String file, @Nullable String offset) {
        return new BinlogPlace(Objects.requireNonNull(file), Long.parseLong(Objects.requireNonNull(offset)));
    }

    /** MySQL gave the statement another name in 8.2, and took the old one away in 8.4. */
    private static String statement(ServerSession session) {
        String[] version = session.greeting().version().split("[.-]", 3);
        int number = Integer.parseInt(version[0]) * 100 + Integer.parseInt(version[1]);
        return number >= 802 ? "show binary log status" : "show master status";
    }

    private static MillraceException noLog() {
        return new MillraceException(
                MySqlError.SERVER,
                "The server writes no log.",
                "Start it with log_bin, binlog_format=ROW and a server_id of its own.");
    }
}
