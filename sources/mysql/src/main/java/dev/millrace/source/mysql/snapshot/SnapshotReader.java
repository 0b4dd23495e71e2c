package dev.millrace.source.mysql.snapshot;

import dev.millrace.model.Watermark;
import dev.millrace.source.mysql.catalog.CharacterSets;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.catalog.TableDecoder;
import dev.millrace.source.mysql.split.SnapshotSplit;
import dev.millrace.source.mysql.split.SnapshotSplit.Piece;
import dev.millrace.source.mysql.types.TextForms;
import dev.millrace.source.mysql.types.TypePolicy;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.source.relational.progress.SnapshotProgress;
import dev.millrace.spi.ChangeOutput;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.PollRequest.Purpose;
import dev.millrace.spi.ReaderPosition;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitReader;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads chunks, in a session that sees the epoch's state and is kept for a split; a place to stop at lies between two chunks. */
public final class SnapshotReader implements SplitReader {
    private static final long LONGEST_POLL = Duration.ofMillis(100).toNanos();
    private static final String MARK = "savepoint chunks";
    /** Forgets the locks that reading has left on tables; what is seen stays the same. */
    private static final String RELEASE = "rollback to savepoint chunks";

    private final EpochSessions epochs;
    private final Supplier<ServerSession> sessions;
    private final TypePolicy policy;
    private final long batchBytes;
    private final SnapshotProgress progress;
    private final TableGuard guard;
    private @Nullable TextForms texts;
    private @Nullable ServerSession session;
    private @Nullable SnapshotSplit split;
    private @Nullable ChunkReading reading;
    /** Pieces before this one were read, and seen to be unchanged since the catalog was read. */
    private int checked;

    private boolean finished;

    /**
     * @param epochs   where sessions are that see the snapshot
     * @param sessions opens others
     */
    public SnapshotReader(
            EpochSessions epochs,
            Supplier<ServerSession> sessions,
            TypePolicy policy,
            long batchBytes,
            SnapshotProgress progress) {
        this.epochs = epochs;
        this.sessions = sessions;
        this.policy = policy;
        this.batchBytes = batchBytes;
        this.progress = progress;
        this.guard = new TableGuard(sessions);
    }

    @Override
    public void assign(Split assigned) {
        split = SnapshotSplit.of(assigned);
        finished = false;
        checked = split.next();
        if (texts == null) {
            texts = CharacterSets.of(sessions);
        }
    }

    @Override
    public Progress poll(ChangeOutput output, PollRequest request) {
        if (split == null || request.purpose() == Purpose.KEEP_ALIVE) {
            return Progress.IDLE;
        }
        if (finished) {
            return Progress.FINISHED;
        }
        if (request.purpose() == Purpose.REACH_BOUNDARY && reading == null) {
            return atBoundary();
        }
        return read(output, request);
    }

    private Progress read(ChangeOutput output, PollRequest request) {
        long deadline = System.nanoTime() + LONGEST_POLL;
        long wait = Math.min(request.maxWaitNanos(), LONGEST_POLL);
        while (true) {
            boolean anythingLeft = split().next() < split().pieces().size();
            if (anythingLeft && reading == null && !open()) {
                return Progress.IDLE;
            }
            ChunkReading current = reading;
            switch (current == null ? ChunkReading.Outcome.DONE : current.read(output, deadline, wait, progress)) {
                case MORE -> {
                    return Progress.MORE;
                }
                case STARVED -> {
                    return Progress.IDLE;
                }
                case DONE -> {
                    Progress reached = endOfChunk(current != null, request);
                    if (reached != Progress.MORE || System.nanoTime() - deadline >= 0) {
                        return reached;
                    }
                }
            }
        }
    }

    /** @return false where other readers have all sessions of the epoch */
    private boolean open() {
        SnapshotSplit current = split();
        if (session == null) {
            session = epochs.take(current.epoch().number()).orElse(null);
            if (session == null) {
                return false;
            }
            session.execute(MARK);
        }
        Piece piece = current.pieces().get(current.next());
        TableDecoder table = TableDecoder.of(piece.table(), Objects.requireNonNull(texts), policy);
        reading = new ChunkReading(session, current.epoch(), piece, table, batchBytes);
        return true;
    }

    private Progress endOfChunk(boolean read, PollRequest request) {
        reading = null;
        if (read) {
            split = split().advanced();
        }
        if (split().next() < split().pieces().size()) {
            return request.purpose() == Purpose.REACH_BOUNDARY ? atBoundary() : Progress.MORE;
        }
        requireUnchanged();
        if (session != null) {
            epochs.giveBack(split().epoch().number(), session);
            session = null;
        }
        finished = true;
        return Progress.FINISHED;
    }

    private Progress atBoundary() {
        requireUnchanged();
        return Progress.AT_BOUNDARY;
    }

    /** Before a place may be saved: it must not cover rows of another table. Until then reading keeps the tables as they are. */
    private void requireUnchanged() {
        int next = split().next();
        if (session != null && checked < next) {
            Set<MySqlTable> read = split().pieces().subList(checked, next).stream()
                    .map(Piece::table)
                    .collect(Collectors.toSet());
            guard.requireUnchanged(read);
            session.execute(RELEASE);
            checked = next;
        }
    }

    @Override
    public Optional<ReaderPosition> position() {
        boolean isBetween = split != null && reading == null && checked == split.next();
        if (split == null
                || !isBetween
                || !finished && split.next() == split.pieces().size()) {
            return Optional.empty();
        }
        return Optional.of(new ReaderPosition(split.toSplit(), split.epoch().place(), Watermark.NONE, false));
    }

    /** The log waits where it is for as long as the server keeps it; a chunk moves nothing on. */
    @Override
    public void acknowledge(Split committed) {}

    /** A session that may have something under way is of no use to others. */
    @Override
    public void close() {
        guard.close();
        if (session != null) {
            session.close();
            session = null;
        }
    }

    private SnapshotSplit split() {
        return Objects.requireNonNull(split);
    }
}
