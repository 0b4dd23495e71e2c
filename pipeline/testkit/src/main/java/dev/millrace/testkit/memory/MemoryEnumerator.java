package dev.millrace.testkit.memory;

import dev.millrace.schema.Schema;
import dev.millrace.schema.SchemaChange;
import dev.millrace.spi.SourceContext.ReadMode;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitEnumerator;
import dev.millrace.spi.VersionedBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Chunks of all tables first; when all of them are read and have reached the sink, the log. */
final class MemoryEnumerator implements SplitEnumerator {
    private static final int CHUNK_ROWS = 3;
    private static final String LOG_BEGUN = "log begun";

    private final MemoryDatabase database;
    private final ReadMode mode;
    private final Deque<MemorySplit> pending = new ArrayDeque<>();
    private int chunksWithReaders;
    /** Whoever was told to wait for the checkpoint is asked again once it is committed; nobody else knows that it is. */
    private OptionalInt readerAwaitingCheckpoint = OptionalInt.empty();

    private boolean logBegun;

    MemoryEnumerator(
            MemoryDatabase database, ReadMode mode, Optional<VersionedBytes> restored, List<Split> unfinished) {
        this.database = database;
        this.mode = mode;
        restored.ifPresentOrElse(this::restore, this::planSnapshot);
        unfinished.forEach(split -> pending.addFirst(MemorySplit.of(split)));
    }

    @Override
    public List<SchemaChange> openingChanges() {
        return database.changelog().schemas().stream()
                .<SchemaChange>map(SchemaChange.CreateTable::new)
                .toList();
    }

    @Override
    public Assignment next(int reader) {
        if (!pending.isEmpty()) {
            MemorySplit split = pending.removeFirst();
            chunksWithReaders += split instanceof MemorySplit.Chunk ? 1 : 0;
            return new Assignment.Read(split.toSplit());
        }
        if (logBegun) {
            return mode == ReadMode.CONTINUOUS ? new Assignment.Wait() : new Assignment.Done();
        }
        if (chunksWithReaders > 0) {
            return new Assignment.Wait();
        }
        if (readerAwaitingCheckpoint.isEmpty()) {
            readerAwaitingCheckpoint = OptionalInt.of(reader);
            return new Assignment.WaitForCheckpoint();
        }
        if (readerAwaitingCheckpoint.getAsInt() != reader) {
            return new Assignment.Wait();
        }
        logBegun = true;
        return new Assignment.Read(new MemorySplit.Log(database.snapshotPosition()).toSplit());
    }

    @Override
    public void finished(Split split) {
        chunksWithReaders -= MemorySplit.of(split) instanceof MemorySplit.Chunk ? 1 : 0;
    }

    @Override
    public VersionedBytes state() {
        String text = pending.stream().map(MemorySplit::text).collect(Collectors.joining("\n")) + "\n"
                + (logBegun ? LOG_BEGUN : "");
        return new VersionedBytes(1, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        // nothing is open
    }

    private void restore(VersionedBytes state) {
        new String(state.bytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isEmpty())
                .forEach(line -> {
                    if (line.equals(LOG_BEGUN)) {
                        logBegun = true;
                    } else {
                        pending.addLast(MemorySplit.parse(line));
                    }
                });
    }

    private void planSnapshot() {
        for (Schema schema : database.changelog().schemas()) {
            int rows = database.changelog()
                    .rowsOf(schema.table(), database.snapshotPosition())
                    .size();
            int step = schema.hasKey() ? CHUNK_ROWS : Math.max(1, rows);
            for (int from = 0; from < rows; from += step) {
                pending.addLast(new MemorySplit.Chunk(schema.table(), from, Math.min(rows, from + step)));
            }
        }
    }
}
