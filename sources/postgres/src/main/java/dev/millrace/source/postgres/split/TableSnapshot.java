package dev.millrace.source.postgres.split;

import dev.millrace.source.postgres.catalog.PgTable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** How far the snapshot of one table is: which chunk was read in which epoch. Confined to the enumerator. */
public final class TableSnapshot {
    static final int UNREAD = -1;
    private final PgTable table;
    private final Chunks chunks;
    private final int[] epochs;

    public TableSnapshot(PgTable table, Chunks chunks) {
        this(table, chunks, new int[chunks.count()]);
        Arrays.fill(epochs, UNREAD);
    }

    TableSnapshot(PgTable table, Chunks chunks, int[] epochs) {
        this.table = table;
        this.chunks = chunks;
        this.epochs = epochs;
    }

    public PgTable table() {
        return table;
    }

    public Chunks chunks() {
        return chunks;
    }

    int[] epochs() {
        return epochs;
    }

    /** The same chunks of the table as it is described now. */
    public TableSnapshot as(PgTable now) {
        return new TableSnapshot(now, chunks, epochs);
    }

    public void read(int chunk, int epoch) {
        epochs[chunk] = epoch;
    }

    public List<Integer> unread() {
        return IntStream.range(0, epochs.length)
                .filter(chunk -> epochs[chunk] == UNREAD)
                .boxed()
                .toList();
    }

    public boolean isComplete() {
        return Arrays.stream(epochs).noneMatch(epoch -> epoch == UNREAD);
    }

    /** No chunk was read yet. */
    public boolean isUntouched() {
        return Arrays.stream(epochs).allMatch(epoch -> epoch == UNREAD);
    }

    /**
     * What the log must skip of this table; empty where it was read in the first epoch alone.
     *
     * @param places of all epochs, by number
     */
    public Optional<TableSkips> skips(List<Long> places) {
        if (Arrays.stream(epochs).allMatch(epoch -> epoch == 0)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (chunks) {
                    case Chunks.ByKey keys ->
                        new TableSkips(
                                keys.column(),
                                keys.order(),
                                keys.bounds(),
                                Arrays.stream(epochs).mapToObj(places::get).toList());
                    case Chunks.ByPages pages -> TableSkips.wholeTable(places.get(epochs[0]));
                });
    }
}
