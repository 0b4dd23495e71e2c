package dev.millrace.source.mysql.log;

import dev.millrace.source.mysql.catalog.CatalogReader;
import dev.millrace.source.mysql.catalog.CharacterSets;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.catalog.TableDecoder;
import dev.millrace.source.mysql.history.StatementReader;
import dev.millrace.source.mysql.split.LogSplit;
import dev.millrace.source.mysql.types.TextForms;
import dev.millrace.source.mysql.wire.LogRequest;
import dev.millrace.source.mysql.wire.LogStream;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.source.relational.progress.LogProgress;
import dev.millrace.spi.ChangeOutput;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.PollRequest.Purpose;
import dev.millrace.spi.ReaderPosition;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitReader;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows the log of a server. */
public final class LogReader implements SplitReader {
    private static final long TURN_NANOS = Duration.ofMillis(100).toNanos();
    /** While much arrives, a batch may grow for so long. */
    private static final long GROWTH_NANOS = Duration.ofMillis(20).toNanos();
    /** What has come in one turn of a reader that is behind: several reads' worth. */
    private static final int MUCH = 1 << 16;
    /** How many events are read between two looks at the clock. */
    private static final int EVENTS_A_LOOK = 64;

    private static final int SESSION_SECONDS = 86_400;

    private final LogAccess access;
    private final SourceContext context;
    private final LogProgress progress;
    private @Nullable LogReading reading;

    public LogReader(LogAccess access, SourceContext context, LogProgress progress) {
        this.access = access;
        this.context = context;
        this.progress = progress;
    }

    @Override
    public void assign(Split assigned) {
        close();
        ServerSession statements = access.sessions().get();
        try {
            reading = open(LogSplit.of(assigned), statements);
        } catch (RuntimeException e) {
            statements.close();
            throw e;
        }
    }

    private LogReading open(LogSplit assigned, ServerSession statements) {
        statements.readTimeout(access.longestSilence());
        statements.execute("set session time_zone = '+00:00', wait_timeout = " + SESSION_SECONDS);
        LogSplit split = new LogOpening(statements).follow(assigned);
        boolean isSame = split.target().server().equals(assigned.target().server());
        TextForms texts = CharacterSets.of(access.sessions());
        TrackedTables tables = new TrackedTables(split.target(), table -> decoder(table, texts));
        StatementReader history = new StatementReader(
                split.target().tables().stream().map(MySqlTable::id).toList(),
                caseMatters(statements),
                statements.greeting().isMariaDb());
        LiveTables live = new LiveTables(
                () -> new CatalogReader(statements), split.target().tables());
        PreparedTransactions prepared = new PreparedTransactions(context.spillFolder(), context.batchBytes());
        Changelog log = new Changelog(
                split.start(),
                new LogMark(split, isSame, prepared),
                tables,
                new StatementEffects(history, texts, live),
                prepared);
        ServerSession session = access.sessions().get();
        try {
            LogStream stream =
                    session.follow(new LogRequest(split.start().after(), access.replica(), access.heartbeat(), false));
            return new LogReading(
                    split, log, new LogReading.Following(session, stream, statements, access.longestSilence()));
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private TableDecoder decoder(MySqlTable table, TextForms texts) {
        return TableDecoder.of(table, texts, access.policy());
    }

    private static boolean caseMatters(ServerSession session) {
        return "0"
                .equals(session.query("select @@global.lower_case_table_names")
                        .getFirst()
                        .getFirst());
    }

    @Override
    public Progress poll(ChangeOutput output, PollRequest request) {
        LogReading current = reading;
        if (current == null) {
            return Progress.IDLE;
        }
        if (request.purpose() == Purpose.KEEP_ALIVE) {
            current.notListening();
            return Progress.IDLE;
        }
        current.refresh(System.nanoTime());
        boolean toBoundary = request.purpose() == Purpose.REACH_BOUNDARY;
        Progress reached;
        if (current.log().hasEnded()) {
            reached = Progress.FINISHED;
        } else if (toBoundary && current.log().hasPosition()) {
            reached = Progress.AT_BOUNDARY;
        } else {
            reached = read(current, output, toBoundary, request.maxWaitNanos());
            current.log().flush(output);
            report(current, reached == Progress.IDLE);
        }
        current.announce(System.nanoTime(), output);
        return reached;
    }

    private Progress read(LogReading current, ChangeOutput output, boolean toBoundary, long maxWaitNanos) {
        Changelog log = current.log();
        long begun = System.nanoTime();
        long wait = maxWaitNanos;
        long bytes = 0;
        for (int count = 1; ; count++) {
            if (!current.await(wait)) {
                return count == 1 ? Progress.IDLE : Progress.MORE;
            }
            bytes += current.next(output);
            if (log.hasEnded()) {
                return Progress.FINISHED;
            }
            if (toBoundary && log.hasPosition()) {
                return Progress.AT_BOUNDARY;
            }
            if (log.byteSize() >= context.batchBytes()) {
                return Progress.MORE;
            }
            wait = 0;
            if (count % EVENTS_A_LOOK == 0 || !current.await(0)) {
                long now = System.nanoTime();
                current.announce(now, output);
                long spent = now - begun;
                if (spent > TURN_NANOS) {
                    return Progress.MORE;
                }
                wait = bytes > MUCH ? Math.max(0, GROWTH_NANOS - spent) : 0;
            }
        }
    }

    private void report(LogReading current, boolean idle) {
        progress.bytes(current.head().bytesBehind());
        if (idle) {
            progress.nothingCame();
        } else if (current.log().mark().commitMicros() != 0) {
            progress.read(Instant.EPOCH.until(context.clock().instant(), ChronoUnit.MICROS)
                    - current.log().mark().commitMicros());
        }
    }

    @Override
    public Optional<ReaderPosition> position() {
        LogReading current = reading;
        return current == null ? Optional.empty() : current.position();
    }

    /** The server keeps its log by its own rules: nobody has to be told. */
    @Override
    public void acknowledge(Split committed) {}

    @Override
    public void close() {
        LogReading closing = reading;
        reading = null;
        if (closing != null) {
            closing.close();
        }
    }
}
