package dev.millrace.source.postgres.log;

import dev.millrace.model.Barrier;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.SchemaChanged;
import dev.millrace.model.StreamElement;
import dev.millrace.model.Watermark;
import dev.millrace.source.postgres.CellText;
import dev.millrace.source.postgres.TestDatabase;
import dev.millrace.source.postgres.catalog.CatalogReader;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.source.postgres.split.SkipRules;
import dev.millrace.source.relational.progress.LogProgress;
import dev.millrace.spi.PipelineIdentity;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.ReaderPosition;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.SplitReader.Progress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** Follows one database's log by hand, in one thread. What comes is kept as text: operation, table, cells. */
final class LogFollower implements AutoCloseable {
    static final String SLOT = "follows";
    private static final String PUBLICATION = "Follows it";

    final TestDatabase database;
    final List<String> changes = new ArrayList<>();
    final List<Long> watermarks = new ArrayList<>();
    final List<String> transactions = new ArrayList<>();
    long rows;
    long largestPoll;
    private boolean keep = true;
    private final LogSplit first;
    private final Path spillFolder;
    private LogReader reader;

    /** Makes publication and slot; what is written afterwards is read. */
    static LogFollower open(TestDatabase database, Path spillFolder) throws SQLException {
        database.execute(
                "create publication \"" + PUBLICATION + "\" for all tables with (publish_via_partition_root = true)");
        String place = database.query("select lsn from pg_create_logical_replication_slot('" + SLOT + name(database)
                        + "', 'pgoutput')")
                .getFirst();
        List<PgTable> tables = new CatalogReader(database.connection()).read(id -> true);
        LogSplit split = new LogSplit(
                Slots.place(place),
                Optional.empty(),
                0,
                LogSplit.Target.of(SLOT + name(database), PUBLICATION, Optional.empty(), tables, SkipRules.NONE));
        return new LogFollower(database, split, spillFolder);
    }

    private static String name(TestDatabase database) {
        return database.name();
    }

    private LogFollower(TestDatabase database, LogSplit first, Path spillFolder) {
        this.database = database;
        this.first = first;
        this.spillFolder = spillFolder;
        this.reader = newReader(database.sessions());
    }

    private LogReader newReader(Sessions sessions) {
        return new LogReader(sessions, context(), new LogProgress());
    }

    private SourceContext context() {
        return new SourceContext(
                new PipelineIdentity("test", "test-id"),
                SourceContext.ReadMode.CONTINUOUS,
                1,
                1 << 20,
                spillFolder,
                InstantSource.system());
    }

    LogSplit first() {
        return first;
    }

    String slot() {
        return first.target().slot();
    }

    /** Begins to read where the split says. */
    void start(LogSplit split) {
        reader.assign(split.toSplit());
    }

    void start() {
        start(first);
    }

    /** As a new process would: nothing of the old reader is used any more. */
    void restart(LogSplit split, Sessions sessions) {
        reader.close();
        reader = newReader(sessions);
        start(split);
    }

    /** Counts rows and forgets them. */
    void onlyCount() {
        keep = false;
    }

    Progress poll(PollRequest.Purpose purpose) {
        long before = rows;
        Progress progress = reader.poll(this::take, new PollRequest(purpose, 50_000_000));
        largestPoll = Math.max(largestPoll, rows - before);
        return progress;
    }

    /** Reads until everything was read that has committed by now. */
    void readAll() throws SQLException {
        long end =
                Slots.place(database.query("select pg_current_wal_flush_lsn()").getFirst());
        readTo(end);
    }

    void readTo(long end) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (reader.position().isEmpty() || Long.compareUnsigned(place(), end) < 0) {
            poll(PollRequest.Purpose.READ);
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not at " + Slots.text(end) + " in time, but at " + reader.position());
            }
        }
    }

    LogReader reader() {
        return reader;
    }

    ReaderPosition position() {
        return reader.position().orElseThrow();
    }

    LogSplit split() {
        return LogSplit.of(position().split());
    }

    long place() {
        return split().startPlace();
    }

    void acknowledge() {
        reader.acknowledge(position().split());
    }

    String confirmed() throws SQLException {
        return database.query("select confirmed_flush_lsn from pg_replication_slots where slot_name = '" + slot() + "'")
                .getFirst();
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
        for (int row = 0; keep && row < batch.rows(); row++) {
            StringJoiner text = new StringJoiner("|");
            for (int i = 0; i < batch.columns().size(); i++) {
                text.add(CellText.of(batch.schema().columns().get(i).type(), batch.column(i), row));
            }
            changes.add(batch.operation(row) + " " + batch.schema().table().name() + " " + text);
        }
        for (int run = 0; keep && run < batch.transactions().count(); run++) {
            transactions.add(batch.transactions().id(run) + "@"
                    + Slots.text(batch.transactions().position(run)));
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
