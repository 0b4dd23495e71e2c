package dev.millrace.source.postgres.snapshot;

import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.split.Epoch;
import dev.millrace.source.postgres.split.SnapshotSplit;
import dev.millrace.source.postgres.split.SnapshotSplit.Piece;
import dev.millrace.source.postgres.split.TableSnapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The splits of an epoch that are still to be handed out: large chunks one by one, then small tables by the handful. */
public final class SplitQueue {
    private static final int MOST_TABLES_PER_SPLIT = 64;
    private static final long MOST_PAGES_PER_SPLIT = 2048;
    /** So that readers which are done early find something left. */
    private static final int SPLITS_PER_READER = 4;

    private final Deque<SnapshotSplit> waiting = new ArrayDeque<>();
    private final Epoch epoch;

    private SplitQueue(Epoch epoch) {
        this.epoch = epoch;
    }

    /** All chunks that were not read yet. */
    public static SplitQueue of(List<TableSnapshot> tables, Epoch epoch, int readers) {
        SplitQueue queue = new SplitQueue(epoch);
        List<Piece> small = new ArrayList<>();
        for (int index = 0; index < tables.size(); index++) {
            TableSnapshot snapshot = tables.get(index);
            for (int chunk : snapshot.unread()) {
                Piece piece = new Piece(
                        index, chunk, snapshot.table(), snapshot.chunks().range(chunk));
                if (snapshot.chunks().count() > 1) {
                    queue.add(List.of(piece));
                } else {
                    small.add(piece);
                }
            }
        }
        queue.addGroups(small, Math.clamp(small.size() / (SPLITS_PER_READER * readers), 1, MOST_TABLES_PER_SPLIT));
        return queue;
    }

    /** Where no epoch is open. */
    public static SplitQueue empty() {
        return new SplitQueue(new Epoch(0, 0, 0, ""));
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The first that is wanted now. */
    public Optional<SnapshotSplit> next(Predicate<SnapshotSplit> wanted) {
        for (Iterator<SnapshotSplit> each = waiting.iterator(); each.hasNext(); ) {
            SnapshotSplit split = each.next();
            if (wanted.test(split)) {
                each.remove();
                return Optional.of(split);
            }
        }
        return Optional.empty();
    }

    private void addGroups(List<Piece> pieces, int mostTables) {
        List<Piece> group = new ArrayList<>();
        long pages = 0;
        for (Piece piece : pieces) {
            PgTable table = piece.table();
            if (group.size() == mostTables || !group.isEmpty() && pages + table.allPages() > MOST_PAGES_PER_SPLIT) {
                add(group);
                group = new ArrayList<>();
                pages = 0;
            }
            group.add(piece);
            pages += table.allPages();
        }
        if (!group.isEmpty()) {
            add(group);
        }
    }

    private void add(List<Piece> pieces) {
        waiting.add(new SnapshotSplit("snapshot-" + epoch.number() + "-" + waiting.size(), epoch, pieces, 0));
    }
}
