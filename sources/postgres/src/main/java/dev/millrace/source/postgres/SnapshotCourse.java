package dev.millrace.source.postgres;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.Beginning.OpenEpoch;
import dev.millrace.source.postgres.config.PostgresConfig;
import dev.millrace.source.postgres.config.StartupMode;
import dev.millrace.source.postgres.connection.PostgresFailure;
import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.log.LogHead;
import dev.millrace.source.postgres.setup.ExportedSnapshot;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.postgres.split.Chunks;
import dev.millrace.source.postgres.split.Epoch;
import dev.millrace.source.postgres.split.LogEnd;
import dev.millrace.source.postgres.split.SnapshotSplit;
import dev.millrace.source.postgres.split.SnapshotSplit.Piece;
import dev.millrace.source.postgres.split.TableSnapshot;
import dev.millrace.source.relational.SplitQueue;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.SourceContext.ReadMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshot as it proceeds. Holds the epoch's exported snapshot open until the last chunk is read, or until the epoch is
 * so old that the rest is better read in another one: what is visible to somebody can't be cleaned up by the server.
 */
final class SnapshotCourse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotCourse.class);
    static final Duration LONGEST_EPOCH = Duration.ofHours(1);
    private static final long PAGE_BYTES = 8192;
    private static final Duration UNTIL_NEXT_ATTEMPT = Duration.ofMinutes(1);
    /** The engine waits meanwhile; a transaction that runs for longer makes us try again later. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PostgresConfig config;
    private final Sessions sessions;
    private final SourceContext context;
    private final Set<String> handedOut = new HashSet<>();
    /** Indexes of tables of which a stretch of pages was handed out in this epoch. */
    private final Set<Integer> begunByPages = new HashSet<>();

    private final List<Long> places;
    private List<TableSnapshot> tables;
    private Optional<LogEnd> end;
    private @Nullable OpenEpoch epoch;
    private SplitQueue<SnapshotSplit> queue;
    private Instant renewal;

    SnapshotCourse(PostgresConfig config, Sessions sessions, SourceContext context, Beginning beginning) {
        this.config = config;
        this.sessions = sessions;
        this.context = context;
        this.places = new ArrayList<>(beginning.places());
        this.tables = beginning.tables();
        this.end = beginning.log().end();
        this.epoch = beginning.epoch().orElse(null);
        this.queue = beginning.epoch().map(open -> splits(open.epoch())).orElseGet(SplitQueue::empty);
        this.renewal = context.clock().instant().plus(LONGEST_EPOCH);
    }

    /** All chunks that were not read yet. */
    private SplitQueue<SnapshotSplit> splits(Epoch under) {
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
                piece -> piece.table().allPages() * PAGE_BYTES,
                context.readers(),
                (number, pieces) -> new SnapshotSplit("snapshot-" + under.number() + "-" + number, under, pieces, 0));
    }

    /** What is to be read next; empty where that is nothing, or not before something else has been read. */
    Optional<SnapshotSplit> next() {
        boolean old = config.startup() == StartupMode.INITIAL
                && !context.clock().instant().isBefore(renewal);
        Optional<SnapshotSplit> split = queue.next(each -> !old || mustEndInThisEpoch(each));
        if (split.isEmpty() && !queue.isEmpty() && handedOut.isEmpty()) {
            renew();
            split = queue.next(each -> true);
        }
        split.ifPresent(this::handOut);
        return split;
    }

    /** Nothing in the log tells pages apart: what was begun in an epoch ends in it. */
    private boolean mustEndInThisEpoch(SnapshotSplit split) {
        return split.pieces().stream().anyMatch(piece -> begunByPages.contains(piece.tableIndex()));
    }

    private void handOut(SnapshotSplit split) {
        handedOut.add(split.id());
        split.pieces().stream()
                .filter(piece -> piece.range() instanceof Chunks.Range.Pages)
                .forEach(piece -> begunByPages.add(piece.tableIndex()));
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

    /** Of all epochs so far, by number. */
    List<Long> places() {
        return places;
    }

    /** Where to stop reading the log: behind all epochs. */
    Optional<LogEnd> end() {
        return end;
    }

    private void renew() {
        Instant now = context.clock().instant();
        ExportedSnapshot exported;
        try {
            exported = new Slots(sessions, config.slot()).snapshot(PATIENCE);
        } catch (MillraceException e) {
            LOG.warn(
                    "{} The snapshot stays older than {} for now, and holds back the server's clean-up.",
                    e.getMessage(),
                    LONGEST_EPOCH);
            renewal = now.plus(UNTIL_NEXT_ATTEMPT);
            return;
        }
        NextEpoch.Opened opened = new NextEpoch(config, sessions).open(exported, places.size(), tables, List.of());
        close();
        epoch = opened.epoch();
        if (!opened.begunAnew().isEmpty()) {
            throw new MillraceException(
                    PostgresError.REWRITTEN,
                    "Truncated or rewritten while the snapshot was being read: " + opened.begunAnew() + ".",
                    "Their snapshots begin anew.");
        }
        tables = opened.tables();
        places.add(exported.place());
        end = laterEnd();
        queue = splits(opened.epoch().epoch());
        begunByPages.clear();
        renewal = now.plus(LONGEST_EPOCH);
    }

    private Optional<LogEnd> laterEnd() {
        if (context.mode() != ReadMode.UNTIL_CAUGHT_UP) {
            return Optional.empty();
        }
        try (Connection connection = sessions.sql("set-up")) {
            return LogHead.end(connection, true);
        } catch (SQLException e) {
            throw PostgresFailure.during("looking where the log ends", e);
        }
    }

    @Override
    public void close() {
        OpenEpoch closing = epoch;
        epoch = null;
        if (closing != null) {
            closing.exported().close();
        }
    }
}
