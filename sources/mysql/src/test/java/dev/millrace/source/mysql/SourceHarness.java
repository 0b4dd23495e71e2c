package dev.millrace.source.mysql;

import dev.millrace.config.ConfigSection;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.StreamElement;
import dev.millrace.model.Watermark;
import dev.millrace.schema.SchemaChange;
import dev.millrace.source.mysql.split.LogSplit;
import dev.millrace.spi.PipelineIdentity;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.PollRequest.Purpose;
import dev.millrace.spi.ReaderPosition;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.SourceContext.ReadMode;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitEnumerator;
import dev.millrace.spi.SplitEnumerator.Assignment;
import dev.millrace.spi.SplitReader;
import dev.millrace.spi.SplitReader.Progress;
import dev.millrace.spi.VersionedBytes;
import dev.millrace.testkit.CellText;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Steps a source by hand, with one reader: an engine of the smallest kind. What it emits is gathered as text. */
final class SourceHarness implements AutoCloseable {
    private static final long WAIT_NANOS = 20_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final List<SchemaChange> openingChanges;
    /** One text a row: {@code SNAPSHOT INSERT t 1|one}. */
    final List<String> changes = new ArrayList<>();

    /** Up to when the log is complete that was read to its end. */
    long completeMicros = Watermark.NONE;

    final SplitEnumerator enumerator;
    private final Source source;
    private final SplitReader reader;
    private Optional<Split> held = Optional.empty();
    private boolean done;

    /** What a checkpoint holds. */
    record Saved(VersionedBytes state, List<Split> splits) {}

    SourceHarness(ConfigSection section, ReadMode mode, Optional<Saved> saved) {
        source = new MySqlSourceFactory()
                .create(
                        section,
                        new SourceContext(
                                new PipelineIdentity("test pipeline", "test-id"),
                                mode,
                                1,
                                16 * 1024,
                                Path.of("unused"),
                                InstantSource.system()));
        enumerator = open(saved);
        openingChanges = enumerator.openingChanges();
        reader = source.openReader(0);
    }

    private SplitEnumerator open(Optional<Saved> saved) {
        try {
            return source.openEnumerator(
                    saved.map(Saved::state), saved.map(Saved::splits).orElse(List.of()));
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /** Reads all there is, to the end of a run until caught up; everything that was emitted. */
    static List<String> readToTheEnd(ConfigSection section, Optional<Saved> saved) {
        try (SourceHarness harness = new SourceHarness(section, ReadMode.UNTIL_CAUGHT_UP, saved)) {
            harness.readToTheEnd();
            return harness.changes;
        }
    }

    void readToTheEnd() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!done) {
            step();
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not caught up after " + PATIENCE + ": " + changes.size() + " changes");
            }
        }
    }

    /** Until so many rows were emitted. */
    void readRows(int count) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (changes.size() < count) {
            step();
            if (System.nanoTime() > deadline) {
                throw new AssertionError("only " + changes.size() + " of " + count + " rows after " + PATIENCE);
            }
        }
    }

    boolean readsTheLog() {
        return held.filter(LogSplit::isLog).isPresent();
    }

    void step() {
        if (held.isPresent()) {
            poll(Purpose.READ);
            return;
        }
        switch (enumerator.next(0)) {
            case Assignment.Read read -> {
                held = Optional.of(read.split());
                reader.assign(read.split());
            }
            case Assignment.Wait wait -> {}
            case Assignment.WaitForCheckpoint wait -> {}
            case Assignment.Done end -> done = true;
        }
    }

    private void poll(Purpose purpose) {
        if (reader.poll(this::gather, new PollRequest(purpose, WAIT_NANOS)) == Progress.FINISHED) {
            ReaderPosition position = reader.position().orElseThrow();
            completeMicros = position.completeMicros();
            enumerator.finished(position.split());
            held = Optional.empty();
        }
    }

    private void gather(StreamElement element) {
        if (element instanceof ChangeBatch batch) {
            for (int row = 0; row < batch.rows(); row++) {
                List<String> cells = new ArrayList<>();
                for (int i = 0; i < batch.columns().size(); i++) {
                    cells.add(CellText.of(batch.schema().columns().get(i).type(), batch.column(i), row));
                }
                changes.add(batch.origin() + " " + batch.operation(row) + " "
                        + batch.schema().table().name() + " " + String.join("|", cells));
            }
        }
    }

    /** A checkpoint: the reader goes on to its next boundary, then state and position are taken. */
    Saved checkpoint() {
        while (held.isPresent() && reader.position().isEmpty()) {
            poll(Purpose.REACH_BOUNDARY);
        }
        return new Saved(
                enumerator.state(),
                held.isPresent() ? List.of(reader.position().orElseThrow().split()) : List.of());
    }

    @Override
    public void close() {
        reader.close();
        enumerator.close();
        source.close();
    }
}
