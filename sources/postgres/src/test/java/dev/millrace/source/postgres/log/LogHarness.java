package dev.millrace.source.postgres.log;

import dev.millrace.model.Barrier;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.ColumnVector;
import dev.millrace.model.SchemaChanged;
import dev.millrace.model.StreamElement;
import dev.millrace.model.Watermark;
import dev.millrace.schema.DataType;
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
import dev.millrace.spi.PollRequest.Purpose;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.SourceContext.ReadMode;
import dev.millrace.spi.SplitReader.Progress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A reader of a test database's log, stepped by hand. What it emits is gathered as text, cell by cell; ~ is an unchanged one. */
final class LogHarness implements AutoCloseable {
    static final String PUBLICATION = "Log \"of\" tests";
    private static final long WAIT_NANOS = 20_000_000;

    final List<String> changes = new ArrayList<>();
    final List<Long> watermarks = new ArrayList<>();
    final LogProgress progress = new LogProgress();
    final LogReader reader;
    private final TestDatabase database;

    private LogHarness(TestDatabase database, LogSplit split, Function<LogProgress, LogReader> newReader) {
        this.database = database;
        this.reader = newReader.apply(progress);
        try {
            reader.assign(split.toSplit());
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** Makes a publication of all tables and a slot; the split begins here and now. */
    static LogSplit here(TestDatabase database) throws SQLException {
        database.execute(
                "create publication \"Log \"\"of\"\" tests\" for all tables with (publish_via_partition_root = true)",
                "select pg_create_logical_replication_slot('" + slot(database) + "', 'pgoutput')");
        try (Connection connection = database.server().connect(database.name())) {
            List<PgTable> tables =
                    new CatalogReader(connection).read(id -> id.schema().equals("public"));
            return new LogSplit(
                    confirmed(database),
                    Optional.empty(),
                    0,
                    LogSplit.Target.of(slot(database), PUBLICATION, Optional.empty(), tables, SkipRules.NONE));
        }
    }

    static String slot(TestDatabase database) {
        return "slot_" + database.name();
    }

    static long confirmed(TestDatabase database) throws SQLException {
        return Slots.place(database.query("select confirmed_flush_lsn from pg_replication_slots where slot_name = '"
                        + slot(database) + "'")
                .getFirst());
    }

    /** Where the log ends now, as far as it is on disk. */
    static long head(TestDatabase database) throws SQLException {
        return Slots.place(database.query("select pg_current_wal_flush_lsn()").getFirst());
    }

    static LogHarness open(TestDatabase database, LogSplit split) {
        return open(database, split, database.sessions());
    }

    static LogHarness open(TestDatabase database, LogSplit split, Sessions sessions) {
        return new LogHarness(
                database, split, progress -> new LogReader(sessions, context(1 << 20, Path.of("unused")), progress));
    }

    /** With a reader that waits no longer than this for a server that says nothing. */
    static LogHarness open(TestDatabase database, LogSplit split, Sessions sessions, Duration longestSilence) {
        SourceContext context = context(1 << 20, Path.of("unused"));
        return new LogHarness(database, split, progress -> new LogReader(sessions, context, progress, longestSilence));
    }

    static LogHarness open(TestDatabase database, LogSplit split, long batchBytes, Path spill) {
        return new LogHarness(
                database, split, progress -> new LogReader(database.sessions(), context(batchBytes, spill), progress));
    }

    private static SourceContext context(long batchBytes, Path spill) {
        return new SourceContext(
                new PipelineIdentity("test", "id"), ReadMode.CONTINUOUS, 1, batchBytes, spill, InstantSource.system());
    }

    /** Reads until everything that has committed by now was emitted. */
    LogHarness catchUp() throws SQLException {
        long head = head(database);
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (reader.position().isEmpty() || Long.compareUnsigned(place(), head) < 0) {
            poll(Purpose.READ);
            if (System.nanoTime() > deadline) {
                throw new AssertionError("stands at " + reader.position() + ", not at " + Slots.text(head));
            }
        }
        return this;
    }

    Progress poll(Purpose purpose) {
        return reader.poll(this::gather, new PollRequest(purpose, WAIT_NANOS));
    }

    long place() {
        return split().startPlace();
    }

    LogSplit split() {
        return LogSplit.of(reader.position().orElseThrow().split());
    }

    /** Tells the reader that everything up to where it stands was committed. */
    void acknowledge() {
        reader.acknowledge(reader.position().orElseThrow().split());
    }

    private void gather(StreamElement element) {
        switch (element) {
            case ChangeBatch batch -> {
                for (int row = 0; row < batch.rows(); row++) {
                    changes.add(
                            batch.operation(row) + " " + batch.schema().table().name() + " " + cells(batch, row));
                }
            }
            case SchemaChanged changed ->
                changes.add("TRUNCATE " + changed.change().table().name());
            case Watermark watermark -> watermarks.add(watermark.micros());
            case Barrier barrier -> throw new AssertionError("a reader emitted a barrier");
        }
    }

    private static String cells(ChangeBatch batch, int row) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < batch.columns().size(); i++) {
            DataType type = batch.schema().columns().get(i).type();
            ColumnVector column = batch.column(i);
            cells.add(column.isUnchanged(row) ? "~" : CellText.of(type, column, row));
        }
        return String.join("|", cells);
    }

    @Override
    public void close() {
        reader.close();
    }
}
