package dev.millrace.source.mysql.split;

import dev.millrace.source.mysql.catalog.MySqlTable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** How far the snapshot of one table is: which chunk was read in which epoch. Confined to the enumerator. */
public final class TableSnapshot {
    private static final int UNREAD = -1;
    private final MySqlTable table;
    private final Chunks chunks;
    private final int[] epochs;

    public TableSnapshot(MySqlTable table, Chunks chunks) {
        this(table, chunks, new int[chunks.count()]);
        Arrays.fill(epochs, UNREAD);
    }

    private TableSnapshot(MySqlTable table, Chunks chunks, int[] epochs) {
        if (epochs.length != chunks.count()) {
            throw new IllegalArgumentException(epochs.length + " epochs for " + chunks.count() + " chunks");
        }
        this.table = table;
        this.chunks = chunks;
        this.epochs = epochs;
    }

    /** As {@link #epochs} told it. */
    static TableSnapshot of(MySqlTable table, Chunks chunks, List<Integer> epochs) {
        return new TableSnapshot(
                table, chunks, epochs.stream().mapToInt(Integer::intValue).toArray());
    }

    public MySqlTable table() {
        return table;
    }

    public Chunks chunks() {
        return chunks;
    }

    List<Integer> epochs() {
        return Arrays.stream(epochs).boxed().toList();
    }

    /** The same chunks of the table as it is described now. */
    public TableSnapshot as(MySqlTable now) {
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

    /** What the log must skip of this table, once it is complete; empty where it was read in the first epoch alone. */
    public Optional<TableSkips> skips() {
        List<Integer> all = epochs();
        if (all.stream().allMatch(epoch -> epoch == 0)) {
            return Optional.empty();
        }
        boolean inOne = all.stream().distinct().count() == 1;
        return Optional.of(inOne ? TableSkips.wholeTable(all.getFirst()) : new TableSkips(chunks, all));
    }
}
