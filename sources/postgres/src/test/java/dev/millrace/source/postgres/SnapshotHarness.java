package dev.millrace.source.postgres;

import dev.millrace.config.ConfigSection;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.StreamElement;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.spi.PipelineIdentity;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.SourceContext.ReadMode;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitEnumerator;
import dev.millrace.spi.SplitEnumerator.Assignment;
import dev.millrace.spi.SplitReader;
import dev.millrace.spi.SplitReader.Progress;
import dev.millrace.spi.VersionedBytes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Steps the snapshot of a source by hand, in one thread: an engine of the smallest kind. Rows are gathered as text. */
final class SnapshotHarness implements AutoCloseable {
    private static final long WAIT_NANOS = 50_000_000;

    /** How far the source's clock is ahead of the system's. */
    Duration ahead = Duration.ZERO;

    final Source source;
    final SplitEnumerator enumerator;
    final List<SchemaChange> openingChanges;
    final Map<TableId, List<String>> rows = new TreeMap<>();
    final Map<TableId, ChangeBatch> lastBatches = new TreeMap<>();
    private final List<SplitReader> readers = new ArrayList<>();
    private final List<Optional<Split>> held = new ArrayList<>();
    private Optional<LogSplit> log = Optional.empty();

    SnapshotHarness(ConfigSection section, int readerCount, Optional<Saved> saved) {
        this(section, readerCount, saved, ReadMode.CONTINUOUS);
    }

    SnapshotHarness(ConfigSection section, int readerCount, Optional<Saved> saved, ReadMode mode) {
        source = new PostgresSourceFactory()
                .create(
                        section,
                        context(
                                readerCount,
                                mode,
                                () -> InstantSource.system().instant().plus(ahead)));
        enumerator = open(source, saved);
        openingChanges = enumerator.openingChanges();
        for (int i = 0; i < readerCount; i++) {
            readers.add(source.openReader(i));
            held.add(Optional.empty());
        }
    }

    private static SplitEnumerator open(Source source, Optional<Saved> saved) {
        try {
            return source.openEnumerator(
                    saved.map(Saved::state), saved.map(Saved::splits).orElse(List.of()));
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    static SourceContext context(int readers, ReadMode mode) {
        return context(readers, mode, InstantSource.system());
    }

    private static SourceContext context(int readers, ReadMode mode, InstantSource clock) {
        return new SourceContext(
                new PipelineIdentity("test pipeline", "test-id"), mode, readers, 64 * 1024, Path.of("unused"), clock);
    }

    /** What a checkpoint holds. */
    record Saved(VersionedBytes state, List<Split> splits) {}

    /** Reads all chunks; the log's split, which then comes, is kept. */
    void readAll() {
        while (log.isEmpty() && step()) {}
    }

    /** Lets each reader take one step; false when there is nothing left to do. */
    boolean step() {
        boolean more = false;
        for (int i = 0; i < readers.size(); i++) {
            more |= held.get(i).isPresent() ? poll(i, PollRequest.read(WAIT_NANOS)) : take(i);
        }
        return more;
    }

    private boolean take(int reader) {
        return switch (enumerator.next(reader)) {
            case Assignment.Read read -> {
                if (LogSplit.isLog(read.split())) {
                    log = Optional.of(LogSplit.of(read.split()));
                    yield false;
                }
                held.set(reader, Optional.of(read.split()));
                readers.get(reader).assign(read.split());
                yield true;
            }
            case Assignment.Wait wait -> true;
            case Assignment.WaitForCheckpoint wait -> true;
            case Assignment.Done done -> false;
        };
    }

    private boolean poll(int reader, PollRequest request) {
        Progress progress = readers.get(reader).poll(element -> gather((ChangeBatch) element), request);
        if (progress == Progress.FINISHED) {
            enumerator.finished(readers.get(reader).position().orElseThrow().split());
            held.set(reader, Optional.empty());
        }
        return true;
    }

    private void gather(ChangeBatch batch) {
        List<String> table = rows.computeIfAbsent(batch.schema().table(), id -> new ArrayList<>());
        lastBatches.put(batch.schema().table(), batch);
        for (int row = 0; row < batch.rows(); row++) {
            table.add(text(batch, row));
        }
    }

    /** Reads the log to its end, which a source has that reads until it has caught up. */
    List<String> followLog() {
        List<String> changes = new ArrayList<>();
        SplitReader reader = readers.getFirst();
        reader.assign(log().toSplit());
        while (reader.poll(element -> describe(element, changes), PollRequest.read(WAIT_NANOS)) != Progress.FINISHED) {}
        Split last = reader.position().orElseThrow().split();
        enumerator.finished(last);
        log = Optional.empty();
        return changes;
    }

    private static void describe(StreamElement element, List<String> changes) {
        if (element instanceof ChangeBatch batch) {
            for (int row = 0; row < batch.rows(); row++) {
                changes.add(batch.operation(row) + " " + batch.schema().table().name() + " " + text(batch, row));
            }
        }
    }

    static String text(ChangeBatch batch, int row) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < batch.columns().size(); i++) {
            cells.add(CellText.of(batch.schema().columns().get(i).type(), batch.column(i), row));
        }
        return String.join("|", cells);
    }

    /** A checkpoint: every reader goes on to its next boundary, then state and positions are taken. */
    Saved checkpoint() {
        for (int i = 0; i < readers.size(); i++) {
            SplitReader reader = readers.get(i);
            while (held.get(i).isPresent() && reader.position().isEmpty()) {
                poll(i, new PollRequest(PollRequest.Purpose.REACH_BOUNDARY, WAIT_NANOS));
            }
        }
        List<Split> splits = new ArrayList<>();
        for (int i = 0; i < readers.size(); i++) {
            if (held.get(i).isPresent()) {
                splits.add(readers.get(i).position().orElseThrow().split());
            }
        }
        log.ifPresent(split -> splits.add(split.toSplit()));
        return new Saved(enumerator.state(), splits);
    }

    LogSplit log() {
        return log.orElseThrow();
    }

    List<String> sorted(String database, String table) {
        return rows.getOrDefault(new TableId(database, "public", table), List.of()).stream()
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        readers.forEach(SplitReader::close);
        enumerator.close();
        source.close();
    }
}
