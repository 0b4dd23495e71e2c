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
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Follows the log from a slot. */
public final class LogReader implements SplitReader {
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** While much arrives, a batch may grow for so long. */
    private static final long GROWTH_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** How many batches' worth of transactions in progress is kept in memory. */
    private static final long SPOOLED_BATCHES = 4;

    private final Sessions sessions;
    private final SourceContext context;
    private final LogProgress progress;
    private final LogHead head;
    private @Nullable LogStream stream;
    private @Nullable LogSplit split;
    private @Nullable Changelog changelog;
    private @Nullable SQLException notReported;
    private boolean finished;

    public LogReader(Sessions sessions, SourceContext context, LogProgress progress) {
        this.sessions = sessions;
        this.context = context;
        this.progress = progress;
        this.head = new LogHead(sessions);
    }

    @Override
    public void assign(Split assigned) {
        close();
        LogSplit log = LogSplit.of(assigned);
        split = log;
        changelog = new Changelog(log, new Spools(context.spillFolder(), SPOOLED_BATCHES * context.batchBytes()));
        finished = hasEnded(log, log.startPlace());
        stream = new LogOpening(sessions, log).open();
    }

    @Override
    public Progress poll(ChangeOutput output, PollRequest request) {
        LogStream from = stream;
        Changelog log = changelog;
        LogSplit current = split;
        if (from == null || log == null || current == null) {
            return Progress.IDLE;
        }
        if (finished) {
            return Progress.FINISHED;
        }
        try {
            if (notReported != null) {
                throw notReported;
            }
            from.keepAlive();
            return switch (request.purpose()) {
                case KEEP_ALIVE -> Progress.IDLE;
                case READ -> read(from, log, current, output, request);
                case REACH_BOUNDARY ->
                    log.inTransaction() ? read(from, log, current, output, request) : Progress.AT_BOUNDARY;
            };
        } catch (SQLException e) {
            throw PostgresFailure.during("reading the log", e);
        }
    }

    private Progress read(
            LogStream from, Changelog log, LogSplit current, ChangeOutput output, PollRequest request)
            throws SQLException {
        boolean toBoundary = request.purpose() == Purpose.REACH_BOUNDARY;
        long start = System.nanoTime();
        long wait = request.maxWaitNanos();
        boolean anything = false;
        while (true) {
            boolean came = log.isReplaying() ? replay(log, output) : receive(from, wait, log, output);
            anything |= came;
            if (!log.inTransaction() && hasEnded(current, log.endPlace())) {
                finished = true;
                return end(Progress.FINISHED, from, log, output);
            }
            if (toBoundary && !log.inTransaction()) {
                return end(Progress.AT_BOUNDARY, from, log, output);
            }
            long spent = System.nanoTime() - start;
            if (!anything) {
                wait = request.maxWaitNanos() - spent;
                if (wait <= 0) {
                    return end(Progress.IDLE, from, log, output);
                }
            } else if (!came && wait <= 0 || spent > TURN_NANOS || log.byteSize() >= context.batchBytes()) {
                return end(Progress.MORE, from, log, output);
            } else {
                wait = from.isBehind() ? GROWTH_NANOS - spent : 0;
            }
        }
    }

    private static boolean replay(Changelog log, ChangeOutput output) {
        log.replaySome(output);
        return true;
    }

    private static boolean receive(LogStream from, long wait, Changelog log, ChangeOutput output) throws SQLException {
        byte[] message = from.receive(wait);
        if (message == null) {
            log.reached(from.serverPlace());
            return false;
        }
        log.read(message, LogStream.MESSAGE, output);
        return true;
    }

    private Progress end(Progress result, LogStream from, Changelog log, ChangeOutput output) {
        log.flush(output);
        long place = head.place();
        progress.bytes(place == 0 ? -1 : Math.max(0, place - log.endPlace()));
        if (result == Progress.IDLE) {
            progress.nothingCame();
        } else if (log.commitMicros() != 0) {
            progress.read(from.serverMicros() - log.commitMicros());
        }
        return result;
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
        LogStream to = stream;
        if (to != null) {
            try {
                to.confirm(LogSplit.of(committed).startPlace());
            } catch (SQLException e) {
                notReported = e;
            }
        }
    }

    @Override
    public void close() {
        head.close();
        notReported = null;
        try (LogStream ending = stream;
                Changelog closing = changelog) {
            stream = null;
        } catch (SQLException e) {
            // The connection is given up either way, and whoever reads on opens another.
            stream = null;
        }
    }
}
