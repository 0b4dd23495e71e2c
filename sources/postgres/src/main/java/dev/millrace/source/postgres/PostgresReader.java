package dev.millrace.source.postgres;

import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.spi.ChangeOutput;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.ReaderPosition;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitReader;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads chunks of the snapshot, or the log, whichever it is given. */
final class PostgresReader implements SplitReader {
    private final Supplier<SplitReader> snapshotReader;
    private final Supplier<SplitReader> logReader;
    private @Nullable SplitReader current;
    private boolean readsLog;

    PostgresReader(Supplier<SplitReader> snapshotReader, Supplier<SplitReader> logReader) {
        this.snapshotReader = snapshotReader;
        this.logReader = logReader;
    }

    @Override
    public void assign(Split split) {
        boolean isLog = LogSplit.isLog(split);
        SplitReader reader = current;
        if (reader == null || isLog != readsLog) {
            close();
            reader = isLog ? logReader.get() : snapshotReader.get();
            current = reader;
            readsLog = isLog;
        }
        reader.assign(split);
    }

    @Override
    public Progress poll(ChangeOutput output, PollRequest request) {
        return current == null ? Progress.IDLE : current.poll(output, request);
    }

    @Override
    public Optional<ReaderPosition> position() {
        return current == null ? Optional.empty() : current.position();
    }

    @Override
    public void acknowledge(Split committed) {
        if (current != null && LogSplit.isLog(committed) == readsLog) {
            current.acknowledge(committed);
        }
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
