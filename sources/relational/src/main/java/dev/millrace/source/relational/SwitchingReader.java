package dev.millrace.source.relational;

import dev.millrace.spi.ChangeOutput;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.ReaderPosition;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitReader;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads chunks of the snapshot, or the log, whichever it is given. */
public final class SwitchingReader implements SplitReader {
    private final Predicate<Split> isLog;
    private final Supplier<SplitReader> snapshotReader;
    private final Supplier<SplitReader> logReader;
    private @Nullable SplitReader current;
    private boolean readsLog;

    /** @param isLog tells the log's split from those of the snapshot */
    public SwitchingReader(
            Predicate<Split> isLog, Supplier<SplitReader> snapshotReader, Supplier<SplitReader> logReader) {
        this.isLog = isLog;
        this.snapshotReader = snapshotReader;
        this.logReader = logReader;
    }

    @Override
    public void assign(Split split) {
        boolean log = isLog.test(split);
        SplitReader reader = current;
        if (reader == null || log != readsLog) {
            close();
            reader = log ? logReader.get() : snapshotReader.get();
            current = reader;
            readsLog = log;
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
        if (current != null && isLog.test(committed) == readsLog) {
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
