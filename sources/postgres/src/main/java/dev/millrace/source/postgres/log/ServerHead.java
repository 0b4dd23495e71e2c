package dev.millrace.source.postgres.log;

import dev.millrace.model.Watermark;
import dev.millrace.source.postgres.split.LogEnd;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the server's log ends, asked for once in a while. What committed before such a look lies before the place it
 * found; so when reading has come there, it is complete up to the time of the look, less a margin for transactions that
 * had taken their commit time and not yet written it.
 */
final class ServerHead implements AutoCloseable {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();
    private final Connection connection;
    private final LogHead head;
    private long lookedAt;
    private boolean looked;
    private long place;
    private long awaitedPlace;
    private long awaitedMicros = Watermark.NONE;
    private long completeMicros = Watermark.NONE;

    /** @param end where reading is to stop, which may lie before what a first look finds */
    ServerHead(Connection connection, Optional<LogEnd> end) throws SQLException {
        this.connection = connection;
        this.head = new LogHead(connection);
        end.ifPresent(this::await);
    }

    /** Looks again if it is time to. */
    void refresh(long nanoTime) throws SQLException {
        if (looked && nanoTime - lookedAt < INTERVAL_NANOS) {
            return;
        }
        looked = true;
        lookedAt = nanoTime;
        LogEnd now = head.look();
        place = now.place();
        if (awaitedMicros == Watermark.NONE) {
            await(now);
        }
    }

    private void await(LogEnd end) {
        awaitedPlace = end.place();
        awaitedMicros = end.micros();
    }

    /** All that committed before this place was read, the last of it at this time (0 if nothing was). */
    void reached(long readPlace, long commitMicros) {
        if (commitMicros != 0) {
            completeMicros = Math.max(completeMicros, commitMicros - LogHead.COMMIT_MARGIN_MICROS);
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
