package dev.millrace.source.postgres;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.connection.PostgresFailure;
import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.postgres.split.ServerHistory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Whether a server still has the past that was read from it. One that lacks the end of it would send nothing until its log has
 * grown as far again, and then other changes than those that are missing.
 */
final class HistoryCheck {
    private static final String CORRECT_OR_BEGIN_ANEW =
            "Correct 'hostname' and 'port' if another server is meant. Otherwise 'cdc drop', which removes the pipeline's"
                    + " state, remove its tables from the sink and start anew: what was read of the lost past is in them, and"
                    + " they have to be read again.";

    private final Sessions sessions;

    HistoryCheck(Sessions sessions) {
        this.sessions = sessions;
    }

    ServerHistory read() {
        try (Connection replication = sessions.replication("history", Map.of())) {
            return read(replication);
        } catch (SQLException e) {
            throw PostgresFailure.during("asking the server for its system identifier", e);
        }
    }

    /**
     * The server's history now.
     *
     * @param statements a session for statements
     * @param read       up to where the log, or a state of the database, was read
     * @throws MillraceException where the server's log up to there is not the one that was read
     */
    ServerHistory requireSame(Connection statements, ServerHistory before, long read) throws SQLException {
        try (Connection replication = sessions.replication("history", Map.of())) {
            ServerHistory now = read(replication);
            if (!now.system().equals(before.system())) {
                throw another("is another one (system identifier " + now.system()
                        + ") than the pipeline has read from (" + before.system() + ")");
            }
            requireBranch(replication, before, now, read);
            requireGrown(statements, read);
            return now;
        }
    }

    /** @param read as above */
    void requireGrown(Connection statements, long read) throws SQLException {
        long end = end(statements);
        if (Long.compareUnsigned(read, end) > 0) {
            throw another("has a log that ends at " + Slots.text(end) + ", and the pipeline has read up to "
                    + Slots.text(read) + ": it was set back to an earlier state");
        }
    }

    private void requireBranch(Connection replication, ServerHistory before, ServerHistory now, long read)
            throws SQLException {
        if (now.timeline() == before.timeline()) {
            return;
        }
        OptionalLong left = now.timeline() > before.timeline()
                ? end(replication, now.timeline(), before.timeline())
                : OptionalLong.empty();
        if (left.isEmpty()) {
            throw another("is on timeline " + now.timeline() + ", which does not come from timeline "
                    + before.timeline() + " that the pipeline has read");
        }
        if (Long.compareUnsigned(left.getAsLong(), read) < 0) {
            throw another("left timeline " + before.timeline() + " at " + Slots.text(left.getAsLong())
                    + ", and the pipeline has read it up to " + Slots.text(read)
                    + ": a standby took over that did not have everything yet, or an earlier state was restored");
        }
    }

    private static ServerHistory read(Connection replication) throws SQLException {
        try (Statement statement = replication.createStatement();
                ResultSet row = statement.executeQuery("IDENTIFY_SYSTEM")) {
            row.next();
            return new ServerHistory(row.getString("systemid"), row.getInt("timeline"));
        }
    }

    /** Where a timeline ended on the way to another; empty where it is not on the way. */
    private static OptionalLong end(Connection replication, int timeline, int earlier) throws SQLException {
        try (Statement statement = replication.createStatement();
                ResultSet row = statement.executeQuery("TIMELINE_HISTORY " + timeline)) {
            row.next();
            for (String line : row.getString("content").split("\n", -1)) {
                String[] words = line.trim().split("\\s+", 3);
                if (words.length > 1 && words[0].equals(Integer.toString(earlier))) {
                    return OptionalLong.of(Slots.place(words[1]));
                }
            }
            return OptionalLong.empty();
        }
    }

    private static long end(Connection statements) throws SQLException {
        try (Statement statement = statements.createStatement();
                ResultSet row = statement.executeQuery(
                        "select case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_insert_lsn() end")) {
            row.next();
            return Slots.place(row.getString(1));
        }
    }

    private MillraceException another(String what) {
        return new MillraceException(
                PostgresError.HISTORY, "The server at " + sessions.server() + " " + what + ".", CORRECT_OR_BEGIN_ANEW);
    }
}
