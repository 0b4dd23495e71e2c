package dev.millrace.source.mysql;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.catalog.LogHead;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.position.BinlogPlace;
import dev.millrace.source.mysql.position.GtidSet;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.position.LogStart;
import dev.millrace.source.mysql.position.MariaDbGtidList;
import dev.millrace.source.mysql.wire.ServerSession;
import java.util.List;
import java.util.Objects;

/** Places in a server's log from which reading may begin. */
final class LogPlaces {
    private final ServerSession session;

    LogPlaces(ServerSession session) {
        this.session = session;
    }

    /** Where the log ends now. */
    LogPosition latest() {
        LogHead head = LogHead.now(session);
        return LogPosition.first(head.after(), head.place());
    }

    /** Before the first transaction that the server still has. */
    LogPosition earliest() {
        BinlogPlace first = new BinlogPlace(files().getFirst(), BinlogPlace.FIRST);
        if (!session.greeting().isMariaDb()
                && value("select @@global.gtid_mode").equals("ON")) {
            return LogPosition.first(new LogStart.After(GtidSet.parse(value("select @@global.gtid_purged"))), first);
        }
        return at(first);
    }

    /** Where the pipeline's file says. */
    LogPosition specific(LogStart start) {
        return switch (start) {
            case LogStart.At at -> {
                if (!files().contains(at.place().file())) {
                    throw new MillraceException(
                            MySqlError.LOG_LOST,
                            "The server's log has no file " + at.place().file() + "; it begins with "
                                    + files().getFirst() + ".",
                            "Correct 'scan.startup.specific-offset.file', or begin with 'scan.startup.mode: earliest-offset' or a snapshot.");
                }
                yield at(at.place());
            }
            case LogStart.After after ->
                LogPosition.first(after, new BinlogPlace(files().getFirst(), BinlogPlace.FIRST));
            case LogStart.AfterMariaDb after ->
                LogPosition.first(after, new BinlogPlace(files().getFirst(), BinlogPlace.FIRST));
        };
    }

    /** MariaDB knows the global ids of every place. */
    LogPosition at(BinlogPlace place) {
        if (session.greeting().isMariaDb()) {
            List<?> row = session.query("select binlog_gtid_pos('" + place.file() + "', " + place.offset() + ")")
                    .getFirst();
            if (row.getFirst() instanceof String gtids) {
                return LogPosition.first(new LogStart.AfterMariaDb(MariaDbGtidList.parse(gtids)), place);
            }
        }
        return LogPosition.first(new LogStart.At(place), place);
    }

    /** The names of the log's files, the oldest first. */
    List<String> files() {
        List<String> files = session.query("show binary logs").stream()
                .map(row -> Objects.requireNonNull(row.getFirst()))
                .toList();
        if (files.isEmpty()) {
            throw new MillraceException(
                    MySqlError.SERVER, "The server has no log.", "Start it with log_bin and binlog_format=ROW.");
        }
        return files;
    }

    private String value(String sql) {
        return Objects.requireNonNullElse(session.query(sql).getFirst().getFirst(), "");
    }
}
