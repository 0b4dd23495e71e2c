package dev.millrace.source.mysql;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.config.Startup;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.split.EpochMark;
import dev.millrace.source.mysql.split.SnapshotSplit;
import dev.millrace.source.mysql.split.SnapshotSplit.Piece;
import dev.millrace.source.mysql.split.TableSnapshot;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.source.relational.SplitQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshot as it proceeds. The epoch's sessions are kept until the last chunk is read, or until the epoch is so old that the
 * rest is better read in another one: what they see can't be cleaned up by the server.
 */
final class SnapshotCourse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotCourse.class);
    static final Duration LONGEST_EPOCH = Duration.ofHours(1);
    private static final Duration UNTIL_NEXT_ATTEMPT = Duration.ofMinutes(1);

    private final MySqlAccess access;
    private final Set<String> handedOut = new HashSet<>();
    /** Indexes of tables of which a chunk was handed out in this epoch, and whose chunks only the server can tell apart. */
    private final Set<Integer> begunByServersOrder = new HashSet<>();

    private final List<LogPosition> epochs;
    private List<TableSnapshot> tables;
    private Optional<LogPosition> end;
    private SplitQueue<SnapshotSplit> queue;
    private Instant renewal;

    SnapshotCourse(MySqlAccess access, Beginning beginning) {
        this.access = access;
        this.epochs = new ArrayList<>(beginning.epochs());
        this.tables = beginning.tables();
        this.end = beginning.log().end();
        this.queue = beginning.epoch().map(this::splits).orElseGet(SplitQueue::empty);
        this.renewal = access.context().clock().instant().plus(LONGEST_EPOCH);
    }

    /** All chunks that were not read yet. */
    private SplitQueue<SnapshotSplit> splits(EpochMark under) {
        List<Piece> large = new ArrayList<>();
        List<Piece> small = new ArrayList<>();
        for (int index = 0; index < tables.size(); index++) {
            TableSnapshot table = tables.get(index);
            for (int chunk : table.unread()) {
                (table.chunks().count() > 1 ? large : small)
                        .add(new Piece(
                                index, chunk, table.table(), table.chunks().range(chunk)));
            }
        }
        return SplitQueue.of(
                new SplitQueue.Unread<>(large, small),
                piece -> piece.table().dataBytes(),
                access.context().readers(),
                (number, pieces) -> new SnapshotSplit("snapshot-" + under.number() + "-" + number, under, pieces, 0));
    }

    /** What is to be read next; empty where that is nothing, or not before something else has been read. */
    Optional<SnapshotSplit> next() {
        boolean old = access.config().startup() instanceof Startup.Initial
                && !access.context().clock().instant().isBefore(renewal);
        Optional<SnapshotSplit> split = queue.next(each -> !old || mustEndInThisEpoch(each));
        if (split.isEmpty() && !queue.isEmpty() && handedOut.isEmpty()) {
            renew();
            split = queue.next(each -> true);
        }
        split.ifPresent(this::handOut);
        return split;
    }

    private boolean mustEndInThisEpoch(SnapshotSplit split) {
        return split.pieces().stream().anyMatch(piece -> begunByServersOrder.contains(piece.tableIndex()));
    }

    private void handOut(SnapshotSplit split) {
        handedOut.add(split.id());
        split.pieces().stream()
                .map(Piece::tableIndex)
                .filter(index -> !tables.get(index).chunks().isKnown())
                .forEach(begunByServersOrder::add);
    }

    void finished(SnapshotSplit split) {
        split.pieces()
                .forEach(piece -> tables.get(piece.tableIndex())
                        .read(piece.chunk(), split.epoch().number()));
        handedOut.remove(split.id());
    }

    /** Whether everything was handed out and read. */
    boolean hasEnded() {
        return handedOut.isEmpty() && queue.isEmpty();
    }

    List<TableSnapshot> tables() {
        return tables;
    }

    /** The positions of all epochs so far, by number. */
    List<LogPosition> epochs() {
        return epochs;
    }

    /** Where to stop reading the log: behind all epochs. */
    Optional<LogPosition> end() {
        return end;
    }

    private void renew() {
        Instant now = access.context().clock().instant();
        try (ServerSession session = access.sessions().get()) {
            NextEpoch.Opened opened = new NextEpoch(access, session)
                    .open(epochs.size(), Optional.of(epochs.getLast()), tables, List.of());
            if (!opened.begunAnew().isEmpty()) {
                throw new MillraceException(
                        MySqlError.REWRITTEN,
                        "Truncated or rebuilt while the snapshot was being read: " + opened.begunAnew() + ".",
                        "Their snapshots begin anew.");
            }
            tables = opened.tables();
            epochs.add(opened.position());
            end = access.end(session);
            queue = splits(opened.mark().orElseThrow());
            begunByServersOrder.clear();
            renewal = now.plus(LONGEST_EPOCH);
        } catch (MillraceException e) {
            if (e.code() != MySqlError.LOCKED) {
                throw e;
            }
            LOG.warn(
                    "{} The snapshot stays older than {} for now, and holds back the server's clean-up.",
                    e.getMessage(),
                    LONGEST_EPOCH);
            renewal = now.plus(UNTIL_NEXT_ATTEMPT);
        }
    }

    @Override
    public void close() {
        access.epochs().close();
    }
}
