package dev.millrace.source.postgres.log;

import dev.millrace.model.Watermark;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.postgres.split.LogEnd;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Looks where the server's log ends. */
public final class LogHead {
    /** For transactions that had taken their commit time and not yet written it when somebody looked. */
    static final long COMMIT_MARGIN_MICROS = 1_000_000;

    /**
     * The time comes before the place. The place is where the next record begins, not how far the log was flushed: a slow disk
     * must not hide commits that are older than the look. A standby knows only of what it has replayed.
     */
    private static final String LOOK = """
            select (extract(epoch from case when pg_is_in_recovery() then pg_last_xact_replay_timestamp()
                                            else clock_timestamp() end) * 1000000)::bigint,
                   case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_insert_lsn() end::text,
                   current_setting('wal_block_size')::int,
                   case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_flush_lsn() end::text""";
    /** Bytes of the header of a block of the log, and of the first block of a file. */
    private static final int SHORT_HEADER = 24;

    private static final int LONG_HEADER = 40;

    private final PreparedStatement look;

    LogHead(Connection connection) throws SQLException {
        look = connection.prepareStatement(LOOK);
    }

    /** With what was not flushed yet: reading comes there sooner or later. */
    LogEnd look() throws SQLException {
        return look(look, true);
    }

    /**
     * Where to stop now: behind what was flushed. What was not may stay so for long, while a transaction that wrote it goes on.
     *
     * @return empty unless it is wanted
     */
    public static Optional<LogEnd> end(Connection connection, boolean wanted) throws SQLException {
        if (!wanted) {
            return Optional.empty();
        }
        try (PreparedStatement look = connection.prepareStatement(LOOK)) {
            return Optional.of(look(look, false));
        }
    }

    private static LogEnd look(PreparedStatement look, boolean withUnflushed) throws SQLException {
        try (ResultSet row = look.executeQuery()) {
            row.next();
            long micros = row.getLong(1) - COMMIT_MARGIN_MICROS;
            long written = endOfRecords(Slots.place(row.getString(2)), row.getInt(3));
            long flushed = Slots.place(row.getString(4));
            if (withUnflushed) {
                return new LogEnd(written, micros);
            }
            return new LogEnd(flushed, Long.compareUnsigned(written, flushed) <= 0 ? micros : Watermark.NONE);
        }
    }

    /** The next record begins behind the header of a block that was not begun; what was sent ends before it. */
    private static long endOfRecords(long nextRecord, int blockSize) {
        long inBlock = Long.remainderUnsigned(nextRecord, blockSize);
        return inBlock == SHORT_HEADER || inBlock == LONG_HEADER ? nextRecord - inBlock : nextRecord;
    }
}
