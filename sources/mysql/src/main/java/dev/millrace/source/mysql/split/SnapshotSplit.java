package dev.millrace.source.mysql.split;

import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.spi.Split;
import java.util.List;

/**
 * Some chunks, to be read one after the other in one epoch.
 *
 * @param pieces what to read
 * @param next   the first piece that was not read yet
 */
public record SnapshotSplit(String id, EpochMark epoch, List<Piece> pieces, int next) {
    public SnapshotSplit {
        pieces = List.copyOf(pieces);
    }

    /**
     * One chunk of one table.
     *
     * @param tableIndex the table's place in the enumerator's list
     * @param chunk      the chunk's number within the table
     */
    public record Piece(int tableIndex, int chunk, MySqlTable table, Range range) {}

    /** The same split with one piece more read. */
    public SnapshotSplit advanced() {
        return new SnapshotSplit(id, epoch, pieces, next + 1);
    }

    public Split toSplit() {
        return new Split(id, SnapshotSplitCodec.encode(this));
    }

    public static SnapshotSplit of(Split split) {
        return SnapshotSplitCodec.decode(split);
    }
}
