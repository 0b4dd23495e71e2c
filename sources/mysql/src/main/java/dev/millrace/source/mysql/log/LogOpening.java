package dev.millrace.source.mysql.log;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.catalog.LogHead;
import dev.millrace.source.mysql.catalog.ServerIdentity;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.position.BinlogPlace;
import dev.millrace.source.mysql.position.GtidSet;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.position.LogStart;
import dev.millrace.source.mysql.position.MariaDbGtidList;
import dev.millrace.source.mysql.split.LogSplit;
import dev.millrace.source.mysql.wire.ServerSession;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a server can be followed from where a split stands, which may have been read from another one. */
public final class LogOpening {
    private static final String ANEW =
            "The tables have to be read again: 'cdc drop', remove them from the sink and start anew.";

    private final ServerSession session;
    private final ServerIdentity server;

    public LogOpening(ServerSession session) {
        this.session = session;
        this.server = ServerIdentity.of(session);
    }

    /**
     * The split for this server: the same, or that of a fail-over.
     *
     * @throws MillraceException where changes would be missing, or can't be told from those that were read
     */
    public LogSplit follow(LogSplit split) {
        boolean isSame = server.isSame(split.target().server());
        LogPosition start = split.start();
        if (!isSame && !start.isByGtids()) {
            throw another(
                    split,
                    "its place " + start.place() + " is one of the former server's files",
                    "Let the pipeline read the former server, or turn GTIDs on before the next fail-over; to go on with this server: "
                            + ANEW);
        }
        switch (start.after()) {
            case LogStart.At at -> {
                requireNotBehind(split, at.place());
                requireFile(at.place());
            }
            case LogStart.After after -> {
                requireFamily(split, false);
                requireTransactions(split, after.executed());
            }
            case LogStart.AfterMariaDb after -> {
                requireFamily(split, true);
                requireTransactions(split, after.executed());
            }
        }
        requireConsistent(split);
        return isSame ? split : split.on(server);
    }

    /** What was read of tables in a later epoch: a server that has not come so far may never have had it. */
    private void requireConsistent(LogSplit split) {
        switch (split.consistent().after()) {
            case LogStart.At at -> {
                if (!split.start().isByGtids()) {
                    requireNotBehind(split, at.place());
                }
            }
            case LogStart.After after -> requireKnown(split, after.executed());
            case LogStart.AfterMariaDb after -> requireTransactions(split, after.executed());
        }
    }

    private void requireFamily(LogSplit split, boolean mariaDb) {
        if (session.greeting().isMariaDb() != mariaDb) {
            throw another(
                    split,
                    "transactions of " + (mariaDb ? "MariaDB" : "MySQL") + " have other ids than "
                            + (mariaDb ? "MySQL" : "MariaDB") + "'s",
                    ANEW);
        }
    }

    private void requireTransactions(LogSplit split, GtidSet executed) {
        if (!"ON".equals(first("select @@global.gtid_mode"))) {
            throw another(split, "its gtid_mode is not ON", "Set gtid_mode=ON at the server.");
        }
        requireKnown(split, executed);
        GtidSet lost = GtidSet.parse(first("select @@global.gtid_purged")).minus(executed);
        if (!lost.isEmpty()) {
            throw lost("The transactions " + lost + " are no longer in the server's log, and were not read.");
        }
    }

    private void requireKnown(LogSplit split, GtidSet executed) {
        GtidSet there = GtidSet.parse(first("select @@global.gtid_executed"));
        requireNone(split, executed.minus(there).toString());
    }

    private void requireTransactions(LogSplit split, MariaDbGtidList executed) {
        MariaDbGtidList there = MariaDbGtidList.parse(first("select @@global.gtid_current_pos"));
        MariaDbGtidList unknown = MariaDbGtidList.EMPTY;
        for (var gtid : executed.all()) {
            unknown = there.contains(gtid) ? unknown : unknown.with(gtid);
        }
        requireNone(split, unknown.toString());
    }

    private void requireNone(LogSplit split, String unknown) {
        if (unknown.isEmpty()) {
            return;
        }
        boolean isSame = server.isSame(split.target().server());
        throw new MillraceException(
                MySqlError.HISTORY,
                "The server " + server + " does not know the transactions " + unknown + ", which were read "
                        + (isSame
                                ? "of it: its log was reset, or it was restored from a backup."
                                : "from " + split.target().server()
                                        + ": it lags behind that server, or they are lost."),
                (isSame ? "" : "If it lags, start again when it has caught up. Otherwise: ") + ANEW);
    }

    private void requireNotBehind(LogSplit split, BinlogPlace place) {
        BinlogPlace end = LogHead.now(session).place();
        if (end.compareTo(place) < 0) {
            throw another(
                    split,
                    "its log ends at " + end + ", before " + place
                            + ": it was reset, or the server was restored from a backup",
                    ANEW);
        }
    }

    private void requireFile(BinlogPlace place) {
        List<List<@Nullable String>> files = session.query("show binary logs");
        boolean isThere = files.stream()
                .anyMatch(file -> place.file().equals(file.get(0))
                        && Long.parseLong(Objects.requireNonNull(file.get(1))) >= place.offset());
        if (!isThere) {
            throw lost("The server's log no longer holds " + place + ": "
                    + (files.isEmpty()
                            ? "it is empty"
                            : "it begins with " + files.getFirst().getFirst()) + ".");
        }
    }

    private static MillraceException lost(String what) {
        return new MillraceException(
                MySqlError.LOG_LOST,
                what,
                ANEW + " To keep it from happening again, keep the log for longer (binlog_expire_logs_seconds).");
    }

    private MillraceException another(LogSplit split, String why, String nextStep) {
        return new MillraceException(
                MySqlError.HISTORY,
                "The server " + server + " can't be read on from where "
                        + split.target().server() + " was read: " + why + ".",
                nextStep);
    }

    private String first(String sql) {
        return Objects.requireNonNullElse(session.query(sql).getFirst().getFirst(), "");
    }
}
