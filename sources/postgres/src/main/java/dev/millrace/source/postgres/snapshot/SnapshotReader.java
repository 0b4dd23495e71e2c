package dev.millrace.source.postgres.snapshot;

import dev.millrace.model.Watermark;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.catalog.PgTable.Storage;
import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.postgres.split.Chunks.Range;
import dev.millrace.source.postgres.split.SnapshotSplit;
import dev.millrace.source.postgres.split.SnapshotSplit.Piece;
import dev.millrace.source.relational.progress.SnapshotProgress;
import dev.millrace.spi.ChangeOutput;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.PollRequest.Purpose;
import dev.millrace.spi.ReaderPosition;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads chunks. Its session stays open from split to split; a place to stop at lies between two chunks. */
public final class SnapshotReader implements SplitReader {
    private static final long LONGEST_POLL = Duration.ofMillis(100).toNanos();

    private final Sessions sessions;
    private final long batchBytes;
    private final SnapshotProgress progress;
    private @Nullable SnapshotSession session;
    private @Nullable SnapshotSplit split;
    private @Nullable ChunkCopy copy;
    private boolean begun;
    /** Pieces before this one were read, and seen to be unchanged since the snapshot. */
    private int checked;

    private boolean finished;

    public SnapshotReader(Sessions sessions, long batchBytes, SnapshotProgress progress) {
        this.sessions = sessions;
        this.batchBytes = batchBytes;
        this.progress = progress;
    }

    @Override
    public void assign(Split assigned) {
        split = SnapshotSplit.of(assigned);
        finished = false;
        begun = false;
        checked = split.next();
        if (session == null) {
            session = new SnapshotSession(sessions.sql("snapshot"));
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
        if (request.purpose() == Purpose.REACH_BOUNDARY && copy == null) {
            return atBoundary();
        }
        return read(output, request);
    }

    private Progress read(ChangeOutput output, PollRequest request) {
        long start = System.nanoTime();
        while (true) {
            ChunkCopy current = copy == null ? open() : copy;
            switch (current == null ? ChunkCopy.Outcome.DONE : current.read(output, start + LONGEST_POLL, progress)) {
                case MORE -> {
                    return Progress.MORE;
                }
                case STARVED -> {
                    if (System.nanoTime() - start >= Math.min(request.maxWaitNanos(), LONGEST_POLL)) {
                        return Progress.IDLE;
                    }
                }
                case DONE -> {
                    Progress reached = endOfChunk(current != null, request);
                    if (reached != Progress.MORE || System.nanoTime() - start >= LONGEST_POLL) {
                        return reached;
                    }
                }
            }
        }
    }

    private @Nullable ChunkCopy open() {
        SnapshotSplit current = split();
        if (current.next() == current.pieces().size()) {
            return null;
        }
        if (!begun) {
            session().begin(current.epoch().snapshot());
            begun = true;
        }
        copy = new ChunkCopy(session(), current.epoch(), current.pieces().get(current.next()), batchBytes);
        return copy;
    }

    private Progress endOfChunk(boolean read, PollRequest request) {
        copy = null;
        if (read) {
            split = split().advanced();
        }
        SnapshotSplit current = split();
        if (current.next() < current.pieces().size()) {
            return request.purpose() == Purpose.REACH_BOUNDARY ? atBoundary() : Progress.MORE;
        }
        requireUnchanged();
        if (begun) {
            session().end();
            begun = false;
        }
        finished = true;
        return Progress.FINISHED;
    }

    private Progress atBoundary() {
        requireUnchanged();
        return Progress.AT_BOUNDARY;
    }

    /** Before a place may be saved: it must not cover rows that were read out of something else than the snapshot. */
    private void requireUnchanged() {
        int next = split().next();
        if (begun && checked < next) {
            List<Piece> read = split().pieces().subList(checked, next);
            session().requireUnchanged(read.stream().map(Piece::table).collect(Collectors.toSet()), fileNodes(read));
            checked = next;
        }
    }

    private static Map<Integer, Long> fileNodes(List<Piece> pieces) {
        Map<Integer, Long> nodes = new HashMap<>();
        for (Piece piece : pieces) {
            PgTable table = piece.table();
            List<Storage> read = piece.range() instanceof Range.Pages pages
                    ? List.of(table.storage().get(pages.storage()))
                    : table.storage();
            read.forEach(part -> nodes.put(part.oid(), part.fileNode()));
        }
        return nodes;
    }

    @Override
    public Optional<ReaderPosition> position() {
        if (split == null
                || copy != null
                || !finished && split.next() == split.pieces().size()) {
            return Optional.empty();
        }
        return Optional.of(
                new ReaderPosition(split.toSplit(), Slots.text(split.epoch().place()), Watermark.NONE, false));
    }

    /** The slot waits where the log begins; a chunk moves nothing on. */
    @Override
    public void acknowledge(Split committed) {}

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    private SnapshotSplit split() {
        return java.util.Objects.requireNonNull(split);
    }

    private SnapshotSession session() {
        return java.util.Objects.requireNonNull(session);
    }
}
