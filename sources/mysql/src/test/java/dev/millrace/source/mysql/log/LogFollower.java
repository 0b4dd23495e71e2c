package dev.millrace.source.mysql.log;

import dev.millrace.error.MillraceException;
import dev.millrace.model.Barrier;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.SchemaChanged;
import dev.millrace.model.StreamElement;
import dev.millrace.model.Watermark;
import dev.millrace.servers.MySqlServer;
import dev.millrace.source.mysql.TestServers;
import dev.millrace.source.mysql.catalog.CatalogReader;
import dev.millrace.source.mysql.catalog.LogHead;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.catalog.ServerIdentity;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.split.LogSplit;
import dev.millrace.source.mysql.split.SkipRules;
import dev.millrace.source.mysql.types.TypePolicy;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.source.relational.progress.LogProgress;
import dev.millrace.spi.PipelineIdentity;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.PollRequest.Purpose;
import dev.millrace.spi.ReaderPosition;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.SplitReader.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Follows the log of one database by hand, in one thread. What comes is kept as text: operation, table, cells; ~ is an unchanged one. */
final class LogFollower implements AutoCloseable {
    private static final AtomicLong REPLICAS = new AtomicLong(800_000);
    private static final long WAIT_NANOS = 20_000_000;
    static final Duration HEARTBEAT = Duration.ofSeconds(1);

    final List<String> changes = new ArrayList<>();
    final List<Long> watermarks = new ArrayList<>();
    /** Number and commit time of each transaction with rows, once a batch. */
    final List<String> transactions = new ArrayList<>();

    final LogProgress progress = new LogProgress();
    long rows;
    long largestPoll;
    long largestBatch;
    private boolean keep = true;
    private Supplier<ServerSession> sessions;
    private final long replica;
    private LogReader reader;

    private LogFollower(Supplier<ServerSession> sessions, long replica) {
        this.sessions = sessions;
        this.replica = replica;
        this.reader = newReader();
    }

    /** Follows all tables that the database has now, from here on. */
    static LogFollower open(MySqlServer server, String database) {
        LogFollower follower = of(server);
        follower.start(here(server, database));
        return follower;
    }

    /** One that was not told yet what to read. */
    static LogFollower of(MySqlServer server) {
        return new LogFollower(() -> TestServers.session(server), REPLICAS.incrementAndGet());
    }

    /** A second process of the same pipeline. */
    static LogFollower sameNumberAs(LogFollower other) {
        return new LogFollower(other.sessions, other.replica);
    }

    static LogSplit here(MySqlServer server, String database) {
        try (ServerSession session = TestServers.session(server)) {
            LogPosition now = now(session);
            List<MySqlTable> tables =
                    new CatalogReader(session).read(id -> id.database().equals(database));
            return new LogSplit(
                    now,
                    Optional.empty(),
                    now,
                    LogSplit.Target.of(ServerIdentity.of(session), tables, SkipRules.NONE, Map.of()));
        }
    }

    static LogPosition now(ServerSession session) {
        LogHead head = LogHead.now(session);
        return LogPosition.first(head.after(), head.place());
    }

    private LogReader newReader() {
        SourceContext context = new SourceContext(
                new PipelineIdentity("test", "test-id"),
                SourceContext.ReadMode.CONTINUOUS,
                1,
                1 << 20,
                Path.of(System.getProperty("java.io.tmpdir"), "millrace-log-test"),
                InstantSource.system());
        return new LogReader(
                new LogAccess(() -> sessions.get(), replica, HEARTBEAT, TypePolicy.STRICT), context, progress);
    }

    void start(LogSplit split) {
        reader.assign(split.toSplit());
    }

    /** As a new process would: nothing of the old reader is used any more. */
    void restart(LogSplit split) {
        reader.close();
        reader = newReader();
        start(split);
    }

    void restart(LogSplit split, Supplier<ServerSession> others) {
        sessions = others;
        restart(split);
    }

    /** Counts rows and forgets them. */
    void onlyCount() {
        keep = false;
    }

    Progress poll(Purpose purpose) {
        long before = rows;
        Progress progress = reader.poll(this::take, new PollRequest(purpose, WAIT_NANOS));
        largestPoll = Math.max(largestPoll, rows - before);
        return progress;
    }

    /** Reads until everything was read that was committed by now. */
    LogFollower readAll() {
        LogPosition now;
        try (ServerSession session = sessions.get()) {
            now = now(session);
        }
        readTo(now);
        return this;
    }

    void readTo(LogPosition target) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (reader.position().isEmpty() || !split().start().covers(target)) {
            poll(Purpose.READ);
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not at " + target + " in time, but at " + reader.position());
            }
        }
    }

    /** Reads until that is no longer possible. */
    void pollForever() {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (System.nanoTime() < deadline) {
            poll(Purpose.READ);
        }
    }

    MillraceException pollUntilBroken() {
        try {
            pollForever();
        } catch (MillraceException broken) {
            return broken;
        }
        throw new AssertionError("nothing breaks");
    }

    boolean hasPosition() {
        return reader.position().isPresent();
    }

    ReaderPosition position() {
        return reader.position().orElseThrow();
    }

    LogSplit split() {
        return LogSplit.of(position().split());
    }

    /** What came since the last call. */
    List<String> taken() {
        List<String> all = List.copyOf(changes);
        changes.clear();
        return all;
    }

    private void take(StreamElement element) {
        switch (element) {
            case ChangeBatch batch -> take(batch);
            case SchemaChanged change ->
                changes.add("TRUNCATE " + change.change().table().name());
            case Watermark watermark -> watermarks.add(watermark.micros());
            case Barrier barrier -> throw new AssertionError("a reader emitted a barrier");
        }
    }

    private void take(ChangeBatch batch) {
        rows += batch.rows();
        largestBatch = Math.max(largestBatch, batch.byteSize());
        for (int row = 0; keep && row < batch.rows(); row++) {
            StringJoiner text = new StringJoiner("|");
            for (int i = 0; i < batch.columns().size(); i++) {
                text.add(
                        batch.column(i).isUnchanged(row)
                                ? "~"
                                : CellText.of(batch.schema().columns().get(i).type(), batch.column(i), row));
            }
            changes.add(batch.operation(row) + " " + batch.schema().table().name() + " " + text);
        }
        for (int run = 0; keep && run < batch.transactions().count(); run++) {
            transactions.add(batch.transactions().position(run) + "@"
                    + batch.transactions().commitMicros(run));
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
