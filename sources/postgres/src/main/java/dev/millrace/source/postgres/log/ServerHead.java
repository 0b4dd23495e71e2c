package dev.millrace.source.postgres.log;

import dev.millrace.model.Watermark;
import dev.millrace.source.postgres.setup.Slots;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Where the server's log ends, asked for once in a while. What committed before such a look lies before the place it
 * found; so when reading has come there, it is complete up to the time of the look, less a margin for transactions that
 * had taken their commit time and not yet written it.
 */
final class ServerHead implements AutoCloseable {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long COMMIT_MARGIN_MICROS = 1_000_000;
    /**
     * The time comes before the place. The place is where the next record begins, not how far the log was flushed: a slow disk
     * must not hide commits that are older than the look. A standby knows only of what it has replayed.
     */
    private static final String LOOK = """
            select (extract(epoch from case when pg_is_in_recovery() then pg_last_xact_replay_timestamp()
                                            else clock_timestamp() end) * 1000000)::bigint,
                   case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_insert_lsn() end::text,
                   current_setting('wal_block_size')::int""";
    /** Bytes of the header of a block of the log, and of the first block of a file. */
    private static final int SHORT_HEADER = 24;

    private static final int LONG_HEADER = 40;

    private final Connection connection;
    private final PreparedStatement look;
    private long lookedAt;
    private boolean looked;
    private long place;
    private long awaitedPlace;
    private long awaitedMicros = Watermark.NONE;
    private long completeMicros = Watermark.NONE;

    ServerHead(Connection connection) throws SQLException {
        this.connection = connection;
        this.look = connection.prepareStatement(LOOK);
    }

    /** Looks again if it is time to. */
    void refresh(long nanoTime) throws SQLException {
        if (looked && nanoTime - lookedAt < INTERVAL_NANOS) {
            return;
        }
        looked = true;
        lookedAt = nanoTime;
        try (ResultSet row = look.executeQuery()) {
            row.next();
            place = endOfRecords(Slots.place(row.getString(2)), row.getInt(3));
            if (awaitedMicros == Watermark.NONE) {
                awaitedPlace = place;
                awaitedMicros = row.getLong(1) - COMMIT_MARGIN_MICROS;
            }
        }
    }

    /** The next record begins behind the header of a block that was not begun; what was sent ends before it. */
    private static long endOfRecords(long nextRecord, int blockSize) {
        long inBlock = Long.remainderUnsigned(nextRecord, blockSize);
        return inBlock == SHORT_HEADER || inBlock == LONG_HEADER ? nextRecord - inBlock : nextRecord;
    }

    /** All that committed before this place was read, the last of it at this time (0 if nothing was). */
    void reached(long readPlace, long commitMicros) {
        if (commitMicros != 0) {
            completeMicros = Math.max(completeMicros, commitMicros - COMMIT_MARGIN_MICROS);
        }
        if (awaitedMicros != Watermark.NONE && Long.compareUnsigned(readPlace, awaitedPlace) >= 0) {
            completeMicros = Math.max(completeMicros, awaitedMicros);
            awaitedMicros = Watermark.NONE;
        }
    }

    long completeMicros() {
        return completeMicros;
    }

    /** Bytes from there to the end of the log. */
    long bytesFrom(long readPlace) {
        return Math.max(0, place - readPlace);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
