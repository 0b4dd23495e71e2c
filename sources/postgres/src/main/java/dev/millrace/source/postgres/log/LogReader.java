package dev.millrace.source.postgres.log;

import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.source.relational.progress.LogProgress;
import dev.millrace.source.relational.progress.Watermarks;
import dev.millrace.spi.ChangeOutput;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.PollRequest.Purpose;
import dev.millrace.spi.ReaderPosition;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows the log from a slot. */
public final class LogReader implements SplitReader {
    private static final long TURN_NANOS = Duration.ofMillis(100).toNanos();
    /** While much arrives, a batch may grow for so long. */
    private static final long GROWTH_NANOS = Duration.ofMillis(20).toNanos();

    /** Of the session that looks where the log ends; meanwhile nothing is read. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);
    /** Of the log, which may take the server long to look through; it is asked for a sign of life much more often. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(120);

    private final Sessions sessions;
    private final SourceContext context;
    private final LogProgress progress;
    private final Duration longestSilence;
    private @Nullable Reading reading;
    private @Nullable SQLException kept;

    public LogReader(Sessions sessions, SourceContext context, LogProgress progress) {
        this(sessions, context, progress, LONGEST_SILENCE);
    }

    /** @param longestSilence after which the server is given up: a connection may be gone without either end being told */
    LogReader(Sessions sessions, SourceContext context, LogProgress progress, Duration longestSilence) {
        this.sessions = sessions;
        this.context = context;
        this.progress = progress;
        this.longestSilence = longestSilence;
    }

    /** All that belongs to one split. */
    private record Reading(
            LogSplit split,
            Changelog log,
            ReplicationStream stream,
            ServerHead head,
            LiveTables live,
            CatalogWatch watch,
            Watermarks watermarks)
            implements AutoCloseable {
        /** Whether all tables show one state of the source. */
        boolean isConsistent() {
            return Long.compareUnsigned(log.place(), split.consistentPlace()) >= 0;
        }

        @Override
        public void close() throws SQLException {
            try (head;
                    stream) {
                log.close();
            }
        }
    }

    @Override
    public void assign(Split assigned) {
        close();
        LogSplit split = LogSplit.of(assigned);
        boolean isImpatient = longestSilence.compareTo(LONGEST_LOOK) < 0;
        Connection statements = sessions.sql("log head", isImpatient ? longestSilence : LONGEST_LOOK);
        try {
            ServerHead head = new ServerHead(statements, split.end());
            ReplicationStream stream =
                    new SlotOpening(sessions, split, context.clock(), longestSilence).start(statements);
            Changelog log = new Changelog(split, context.spillFolder(), context.batchBytes());
            reading = new Reading(
                    split,
                    log,
                    stream,
                    head,
                    new LiveTables(statements),
                    new CatalogWatch(statements, split.target()),
                    new Watermarks());
        } catch (SQLException e) {
            closeAfter(statements, e);
            throw LogFailure.of(sessions, split, split.startPlace(), e);
        } catch (RuntimeException e) {
            closeAfter(statements, e);
            throw e;
        }
    }

    private static void closeAfter(Connection connection, Exception failure) {
        try {
            connection.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public Progress poll(ChangeOutput output, PollRequest request) {
        Reading current = reading;
        if (current == null) {
            return Progress.IDLE;
        }
        try {
            if (kept != null) {
                throw kept;
            }
            return poll(current, output, request);
        } catch (SQLException e) {
            throw LogFailure.of(sessions, current.split(), current.log().place(), e);
        } catch (IOException e) {
            throw LogFailure.of(current.split(), current.log().place(), e);
        }
    }

    private Progress poll(Reading current, ChangeOutput output, PollRequest request) throws SQLException, IOException {
        current.stream().keepAlive();
        if (request.purpose() == Purpose.KEEP_ALIVE) {
            current.stream().notListening();
            return Progress.IDLE;
        }
        current.head().refresh(System.nanoTime());
        current.watch().refresh(System.nanoTime());
        boolean toBoundary = request.purpose() == Purpose.REACH_BOUNDARY;
        Progress reached;
        if (current.log().hasEnded()) {
            reached = Progress.FINISHED;
        } else if (toBoundary && current.log().isBetweenTransactions()) {
            reached = Progress.AT_BOUNDARY;
        } else {
            reached = read(current, output, toBoundary, request.maxWaitNanos());
            // No checkpoint can come between: rows that were emitted meanwhile are forgotten where this throws.
            current.live().requireSame(current.log().takeDescribed());
            if (reached == Progress.FINISHED) {
                current.watch().look();
            }
            current.log().flush(output);
            report(current, reached == Progress.IDLE);
        }
        announce(current, output, System.nanoTime());
        return reached;
    }

    private Progress read(Reading current, ChangeOutput output, boolean toBoundary, long maxWaitNanos)
            throws SQLException, IOException {
        Changelog log = current.log();
        long begun = System.nanoTime();
        long wait = maxWaitNanos;
        for (int count = 1; ; count++) {
            if (log.isReplaying()) {
                log.replay(output);
            } else {
                byte[] message = current.stream().next(wait);
                if (message == null) {
                    return count == 1 ? Progress.IDLE : Progress.MORE;
                }
                take(log, message, output);
            }
            if (log.hasEnded()) {
                return Progress.FINISHED;
            }
            if (toBoundary && log.isBetweenTransactions()) {
                return Progress.AT_BOUNDARY;
            }
            long now = System.nanoTime();
            announce(current, output, now);
            long spent = now - begun;
            if (spent > TURN_NANOS || log.byteSize() >= context.batchBytes()) {
                return Progress.MORE;
            }
            wait = current.stream().isBehind() ? GROWTH_NANOS - spent : 0;
        }
    }

    private static void take(Changelog log, byte[] message, ChangeOutput output) {
        if (ReplicationStream.isSignOfLife(message)) {
            log.reached(ReplicationStream.place(message));
        } else {
            log.read(message, ReplicationStream.HEADER, message.length - ReplicationStream.HEADER, output);
        }
    }

    /** Takes in how far the commit times have come and says so in band: not within a transaction or the initial load. */
    private static void announce(Reading current, ChangeOutput output, long now) {
        Changelog log = current.log();
        if (!log.isBetweenTransactions()) {
            return;
        }
        current.head().reached(log.place(), log.commitMicros());
        long complete = current.head().completeMicros();
        Watermarks watermarks = current.watermarks();
        if (watermarks.areDue(now) && watermarks.wouldMove(complete) && current.isConsistent()) {
            log.flush(output);
            watermarks.emit(complete, now, output);
        }
    }

    private void report(Reading current, boolean idle) {
        Changelog log = current.log();
        progress.bytes(current.head().bytesFrom(log.place()));
        if (idle) {
            progress.nothingCame();
        } else if (log.commitMicros() != 0) {
            progress.read(Instant.EPOCH.until(context.clock().instant(), ChronoUnit.MICROS) - log.commitMicros());
        }
    }

    @Override
    public Optional<ReaderPosition> position() {
        Reading current = reading;
        if (current == null || !current.log().isBetweenTransactions()) {
            return Optional.empty();
        }
        long place = current.log().place();
        return Optional.of(new ReaderPosition(
                current.split().at(place).toSplit(),
                Slots.text(place),
                current.head().completeMicros(),
                current.isConsistent()));
    }

    @Override
    public void acknowledge(Split committed) {
        if (reading == null) {
            return;
        }
        try {
            reading.stream().acknowledge(LogSplit.of(committed).startPlace());
        } catch (SQLException e) {
            kept = e;
        }
    }

    @Override
    public void close() {
        Reading closing = reading;
        reading = null;
        kept = null;
        if (closing != null) {
            try {
                closing.close();
            } catch (SQLException e) {
                // Given up either way: whoever reads on opens another connection.
                reading = null;
            }
        }
    }
}
