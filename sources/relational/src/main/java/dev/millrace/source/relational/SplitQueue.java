package dev.millrace.source.relational;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The splits of an epoch that are still to be handed out: large chunks one by one, then small tables by the handful. Confined
 * to the enumerator.
 *
 * @param <S> a split of the snapshot
 */
public final class SplitQueue<S> {
    private static final int MOST_TABLES_PER_SPLIT = 64;
    private static final long MOST_BYTES_PER_SPLIT = 16 << 20;
    /** So that readers which are done early find something left. */
    private static final int SPLITS_PER_READER = 4;

    private final Deque<S> waiting = new ArrayDeque<>();

    private SplitQueue() {}

    /**
     * Makes splits.
     *
     * @param <P> a piece: a chunk of a table
     * @param <S> a split
     */
    public interface SplitMaker<P, S> {
        /** @param number from 0, in the order of handing out */
        S make(int number, List<P> pieces);
    }

    /**
     * What is still to be read.
     *
     * @param large chunks of tables that have several
     * @param small chunks that are all of their table
     */
    public record Unread<P>(List<P> large, List<P> small) {}

    /**
     * @param bytes   about how large a piece is
     * @param readers how many will ask
     */
    public static <P, S> SplitQueue<S> of(
            Unread<P> unread, ToLongFunction<P> bytes, int readers, SplitMaker<P, S> maker) {
        List<List<P>> all = new ArrayList<>();
        unread.large().forEach(piece -> all.add(List.of(piece)));
        all.addAll(groups(unread.small(), bytes, readers));
        SplitQueue<S> queue = new SplitQueue<>();
        all.forEach(pieces -> queue.waiting.add(maker.make(queue.waiting.size(), pieces)));
        return queue;
    }

    /** Where no epoch is open. */
    public static <S> SplitQueue<S> empty() {
        return new SplitQueue<>();
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The first that is wanted now. */
    public Optional<S> next(Predicate<S> wanted) {
        for (Iterator<S> each = waiting.iterator(); each.hasNext(); ) {
            S split = each.next();
            if (wanted.test(split)) {
                each.remove();
                return Optional.of(split);
            }
        }
        return Optional.empty();
    }

    private static <P> List<List<P>> groups(List<P> pieces, ToLongFunction<P> bytes, int readers) {
        int mostTables = Math.clamp(pieces.size() / (SPLITS_PER_READER * readers), 1, MOST_TABLES_PER_SPLIT);
        List<List<P>> groups = new ArrayList<>();
        List<P> group = new ArrayList<>();
        long size = 0;
        for (P piece : pieces) {
            if (group.size() == mostTables
                    || !group.isEmpty() && size + bytes.applyAsLong(piece) > MOST_BYTES_PER_SPLIT) {
                groups.add(group);
                group = new ArrayList<>();
                size = 0;
            }
            group.add(piece);
            size += bytes.applyAsLong(piece);
        }
        if (!group.isEmpty()) {
            groups.add(group);
        }
        return groups;
    }
}
