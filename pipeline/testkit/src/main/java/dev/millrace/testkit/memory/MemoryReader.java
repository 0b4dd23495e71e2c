package dev.millrace.testkit.memory;

import dev.millrace.model.ChangeBatch;
import dev.millrace.model.ChangeBatchBuilder;
import dev.millrace.model.LongVector;
import dev.millrace.model.Operation;
import dev.millrace.model.SchemaChanged;
import dev.millrace.model.Watermark;
import dev.millrace.schema.Schema;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.spi.ChangeOutput;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.ReaderPosition;
import dev.millrace.spi.SourceContext.ReadMode;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitReader;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Emits one change a call, so that transactions and chunks are cut wherever they can be. */
final class MemoryReader implements SplitReader {
    private final MemoryDatabase database;
    private final ReadMode mode;
    private @Nullable MemorySplit split;
    private List<Change> changes = List.of();
    private int next;
    private boolean finished;

    MemoryReader(MemoryDatabase database, ReadMode mode) {
        this.database = database;
        this.mode = mode;
    }

    @Override
    public void assign(Split assigned) {
        MemorySplit now = MemorySplit.of(assigned);
        split = now;
        finished = false;
        changes = List.of();
        next = 0;
        if (now instanceof MemorySplit.Log log && log.after() < database.forgotten()) {
            throw new IllegalStateException(
                    "the log after " + log.after() + " is gone, it begins after " + database.forgotten());
        }
    }

    @Override
    public Progress poll(ChangeOutput output, PollRequest request) {
        return switch (request.purpose()) {
            case KEEP_ALIVE -> Progress.IDLE;
            case REACH_BOUNDARY -> atBoundary() ? Progress.AT_BOUNDARY : read(output);
            case READ -> read(output);
        };
    }

    @Override
    public Optional<ReaderPosition> position() {
        return switch (split) {
            case null -> Optional.empty();
            case MemorySplit.Chunk chunk ->
                atBoundary()
                        ? Optional.of(new ReaderPosition(
                                chunk.toSplit(), "" + database.snapshotPosition(), Watermark.NONE, false))
                        : Optional.empty();
            case MemorySplit.Log log ->
                atBoundary()
                        ? Optional.of(new ReaderPosition(
                                log.toSplit(), "" + log.after(), Transaction.commitMicrosAt(log.after()), true))
                        : Optional.empty();
        };
    }

    @Override
    public void acknowledge(Split committed) {
        if (MemorySplit.of(committed) instanceof MemorySplit.Log log) {
            database.forget(log.after());
        }
    }

    @Override
    public void close() {
        // nothing is open
    }

    private boolean atBoundary() {
        return finished || next == 0;
    }

    private Progress read(ChangeOutput output) {
        return switch (split) {
            case null -> throw new IllegalStateException("polled without a split");
            case MemorySplit.Chunk chunk -> readChunk(chunk, output);
            case MemorySplit.Log log -> readLog(log, output);
        };
    }

    private Progress readChunk(MemorySplit.Chunk chunk, ChangeOutput output) {
        if (next == 0) {
            changes = database.changelog().rowsOf(chunk.table(), database.snapshotPosition()).stream()
                    .skip(chunk.from())
                    .limit(chunk.to() - (long) chunk.from())
                    .map(row -> new Change(chunk.table(), Optional.of(Operation.INSERT), row))
                    .toList();
        }
        emit(changes.get(next++), database.snapshotPosition(), ChangeBatch.Origin.SNAPSHOT, output);
        if (next < changes.size()) {
            return Progress.MORE;
        }
        finished = true;
        return Progress.FINISHED;
    }

    private Progress readLog(MemorySplit.Log log, ChangeOutput output) {
        if (log.after() == database.head()) {
            finished = mode == ReadMode.UNTIL_CAUGHT_UP;
            return finished ? Progress.FINISHED : Progress.IDLE;
        }
        long position = log.after() + 1;
        changes = database.changelog().at(position).changes();
        emit(changes.get(next++), position, ChangeBatch.Origin.LOG, output);
        if (next == changes.size()) {
            next = 0;
            split = new MemorySplit.Log(position);
            output.emit(new Watermark(Transaction.commitMicrosAt(position)));
        }
        return Progress.MORE;
    }

    private void emit(Change change, long position, ChangeBatch.Origin origin, ChangeOutput output) {
        TableId table = change.table();
        if (change.operation().isEmpty()) {
            output.emit(new SchemaChanged(new SchemaChange.TruncateTable(table)));
            return;
        }
        Schema schema = database.changelog().schema(table);
        ChangeBatchBuilder batch = new ChangeBatchBuilder(schema, origin);
        batch.startTransaction(position, Transaction.commitMicrosAt(position), position);
        for (int column = 0; column < change.row().size(); column++) {
            ((LongVector.Builder) batch.column(column)).append(change.row().get(column));
        }
        batch.endRow(change.operation().orElseThrow());
        output.emit(batch.build());
    }
}
