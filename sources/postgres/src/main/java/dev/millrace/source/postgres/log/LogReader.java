package dev.millrace.source.postgres.log;

import dev.millrace.model.Watermark;
import dev.millrace.source.postgres.connection.PostgresFailure;
import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.spi.ChangeOutput;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.PollRequest.Purpose;
import dev.millrace.spi.ReaderPosition;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitReader;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** Follows the log from a slot. */
public final class LogReader implements SplitReader {
    private static final long NAP_NANOS = 500_000;
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int ROWS_BETWEEN_LOOKS = 256;
    private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Sessions sessions;
    private final SourceContext context;
    private @Nullable Connection connection;
    private @Nullable PGReplicationStream stream;
    private @Nullable LogSplit split;
    private @Nullable Changelog changelog;
    private boolean finished;
    private long lastSign;

    public LogReader(Sessions sessions, SourceContext context) {
        this.sessions = sessions;
        this.context = context;
    }

    @Override
    public void assign(Split assigned) {
        close();
        LogSplit log = LogSplit.of(assigned);
        split = log;
        changelog = new Changelog(log);
        finished = hasEnded(log, log.startPlace());
        connection = sessions.replication("log", Map.of());
        try {
            stream = connection
                    .unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .replicationStream()
                    .logical()
                    .withSlotName(log.target().slot())
                    .withStartPosition(LogSequenceNumber.valueOf(log.startPlace()))
                    .withSlotOption("proto_version", "1")
                    .withSlotOption("publication_names", '"' + log.target().publication() + '"')
                    .withSlotOption("binary", "true")
                    .withAutomaticFlush(false)
                    .withStatusInterval(10, TimeUnit.SECONDS)
                    .start();
        } catch (SQLException e) {
            throw PostgresFailure.during("starting to read the log from slot " + log.target().slot(), e);
        }
    }

    @Override
    public Progress poll(ChangeOutput output, PollRequest request) {
        PGReplicationStream from = stream;
        Changelog log = changelog;
        LogSplit current = split;
        if (from == null || log == null || current == null) {
            return Progress.IDLE;
        }
        try {
            if (finished) {
                return Progress.FINISHED;
            }
            return switch (request.purpose()) {
                case KEEP_ALIVE -> keepAlive(from);
                case READ -> read(from, log, current, output, request);
                case REACH_BOUNDARY ->
                    log.inTransaction() ? read(from, log, current, output, request) : Progress.AT_BOUNDARY;
            };
        } catch (SQLException e) {
            throw PostgresFailure.during("reading the log", e);
        }
    }

    private Progress keepAlive(PGReplicationStream from) throws SQLException {
        long now = System.nanoTime();
        if (now - lastSign > KEEP_ALIVE_NANOS) {
            lastSign = now;
            from.forceUpdateStatus();
        }
        return Progress.IDLE;
    }

    private Progress read(
            PGReplicationStream from, Changelog log, LogSplit current, ChangeOutput output, PollRequest request)
            throws SQLException {
        boolean toBoundary = request.purpose() == Purpose.REACH_BOUNDARY;
        long start = System.nanoTime();
        boolean anything = false;
        while (true) {
            ByteBuffer message = from.readPending();
            if (message == null) {
                log.reached(from.getLastReceiveLSN().asLong());
            } else {
                anything = true;
                log.read(message.array(), message.arrayOffset() + message.position(), output);
            }
            if (!log.inTransaction() && hasEnded(current, log.endPlace())) {
                log.flush(output);
                finished = true;
                return Progress.FINISHED;
            }
            if (toBoundary && !log.inTransaction()) {
                log.flush(output);
                return Progress.AT_BOUNDARY;
            }
            long spent = System.nanoTime() - start;
            if (message == null) {
                if (spent >= (anything ? 0 : request.maxWaitNanos())) {
                    log.flush(output);
                    return anything ? Progress.MORE : Progress.IDLE;
                }
                LockSupport.parkNanos(NAP_NANOS);
            } else if (spent > TURN_NANOS || isFull(log)) {
                log.flush(output);
                return Progress.MORE;
            }
        }
    }

    private boolean isFull(Changelog log) {
        return log.rows() >= ROWS_BETWEEN_LOOKS
                && log.rows() % ROWS_BETWEEN_LOOKS == 0
                && log.byteSize() >= context.batchBytes();
    }

    private static boolean hasEnded(LogSplit split, long place) {
        return split.endPlace().isPresent()
                && Long.compareUnsigned(place, split.endPlace().getAsLong()) >= 0;
    }

    @Override
    public Optional<ReaderPosition> position() {
        LogSplit current = split;
        Changelog log = changelog;
        if (current == null || log == null || log.inTransaction()) {
            return Optional.empty();
        }
        long place = log.endPlace();
        return Optional.of(new ReaderPosition(
                current.at(place).toSplit(),
                Slots.text(place),
                log.commitMicros() == 0 ? Watermark.NONE : log.commitMicros(),
                Long.compareUnsigned(place, current.consistentPlace()) >= 0));
    }

    @Override
    public void acknowledge(Split committed) {
        PGReplicationStream to = stream;
        if (to == null || to.isClosed()) {
            return;
        }
        LogSequenceNumber place =
                LogSequenceNumber.valueOf(LogSplit.of(committed).startPlace());
        to.setAppliedLSN(place);
        to.setFlushedLSN(place);
        try {
            to.forceUpdateStatus();
        } catch (SQLException e) {
            throw PostgresFailure.during("acknowledging the log up to " + place.asString(), e);
        }
    }

    @Override
    public void close() {
        try (Connection closing = connection;
                PGReplicationStream ending = stream) {
            stream = null;
            connection = null;
        } catch (SQLException e) {
            // The connection is given up either way, and whoever reads on opens another.
            connection = null;
        }
    }
}
