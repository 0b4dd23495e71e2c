package dev.millrace.source.postgres.log;

import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.spi.ChangeOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Puts the server's messages in the order of commits: those of a committed transaction are read at once, those of one in
 * progress when it commits.
 */
final class Changelog implements AutoCloseable {
    private static final int MESSAGES_A_STEP = 256;

    private final TableMessages tables;
    private final Spools spools;
    private final Message message = new Message();
    private @Nullable Replay replay;
    private boolean inTransaction;
    private long transactions;
    private long commitMicros;
    private long committedEnd;
    private long endPlace;

    Changelog(LogSplit split, Spools spools) {
        this.tables = new TableMessages(split.target());
        this.spools = spools;
        this.endPlace = split.startPlace();
    }

    boolean inTransaction() {
        return inTransaction;
    }

    /** Behind the last transaction that was read whole. */
    long endPlace() {
        return endPlace;
    }

    /** Nothing commits before this place any more. */
    void reached(long place) {
        if (!inTransaction && Long.compareUnsigned(place, endPlace) > 0) {
            endPlace = place;
        }
    }

    /** When the last transaction committed, in microseconds since the epoch; 0 before the first. */
    long commitMicros() {
        return commitMicros;
    }

    /** About how many bytes are ready to be emitted. */
    long byteSize() {
        return tables.byteSize();
    }

    void flush(ChangeOutput output) {
        tables.flush(output);
    }

    /** Whether a large transaction has committed whose messages were put aside; the next message of the server has to wait. */
    boolean isReplaying() {
        return replay != null;
    }

    /** Reads some of what was put aside. */
    void replaySome(ChangeOutput output) {
        Replay from = replay;
        if (from == null) {
            return;
        }
        try {
            for (int i = 0; i < MESSAGES_A_STEP; i++) {
                if (!from.next()) {
                    replay = null;
                    spools.replayed();
                    end();
                    return;
                }
                tables.read(from.bytes(), from.start(), from.end(), output);
            }
        } catch (IOException e) {
            throw spools.failed("read", e);
        }
    }

    /** Takes a message of the server, from there to the end of the buffer. */
    void read(byte[] source, int offset, ChangeOutput output) {
        try {
            message.reset(source, offset, source.length);
            byte kind = message.int1();
            switch (kind) {
                case 'B' -> begin();
                case 'C' -> commit();
                case 'S' -> spools.start(message.int4());
                case 'E' -> spools.stop();
                case 'c' -> commitStreamed();
                case 'A' -> spools.abort(message.int4(), message.int4());
                default -> {
                    if (spools.isStarted()) {
                        spools.append(message.int4(), kind, source, message.at(), source.length);
                    } else {
                        tables.read(source, offset, source.length, output);
                    }
                }
            }
        } catch (IndexOutOfBoundsException e) {
            throw MalformedMessage.of("a value ends before it says so");
        }
    }

    private void begin() {
        begin(message.int8(), message.int8(), message.int4());
    }

    private void begin(long commitPlace, long micros, int xid) {
        commitMicros = micros + LogStream.EPOCH_MICROS;
        inTransaction = true;
        tables.begin(new CommittedTransaction(
                ++transactions, Integer.toUnsignedLong(xid), commitMicros, commitPlace));
    }

    private void commit() {
        message.skip(1 + 8);
        committedEnd = message.int8();
        end();
    }

    private void commitStreamed() {
        int xid = message.int4();
        message.skip(1);
        long commitPlace = message.int8();
        committedEnd = message.int8();
        replay = spools.commit(xid);
        begin(commitPlace, message.int8(), xid);
    }

    private void end() {
        endPlace = committedEnd;
        inTransaction = false;
    }

    @Override
    public void close() {
        replay = null;
        spools.close();
    }
}
