package dev.millrace.source.mysql.split;

import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.split.SnapshotSplit.Piece;
import dev.millrace.source.relational.state.StateForm;
import dev.millrace.source.relational.state.StateReader;
import dev.millrace.source.relational.state.StateWriter;
import dev.millrace.spi.Split;
import dev.millrace.spi.VersionedBytes;
import java.util.List;

/** A snapshot split as bytes. */
final class SnapshotSplitCodec {
    private static final int VERSION = 1;

    private SnapshotSplitCodec() {}

    static VersionedBytes encode(SnapshotSplit split) {
        EpochMark epoch = split.epoch();
        StateWriter out = new StateWriter().number(split.next());
        out.number(epoch.number()).number(epoch.order()).number(epoch.micros()).text(epoch.place());
        List<MySqlTable> tables =
                split.pieces().stream().map(Piece::table).distinct().toList();
        TableCodec.write(tables, out);
        out.list(split.pieces(), piece -> {
            out.number(piece.tableIndex()).number(piece.chunk()).number(tables.indexOf(piece.table()));
            ChunksCodec.range(piece.range(), out);
        });
        return new VersionedBytes(VERSION, StateForm.compress(out.toBytes()));
    }

    static SnapshotSplit decode(Split split) {
        byte[] bytes = MySqlState.FORM.expand(MySqlState.FORM.check(split.state(), VERSION));
        return MySqlState.FORM.read(bytes, in -> decode(split.id(), in));
    }

    private static SnapshotSplit decode(String id, StateReader in) {
        int next = in.integer();
        EpochMark epoch = new EpochMark(in.integer(), in.number(), in.number(), in.text());
        List<MySqlTable> tables = TableCodec.read(in);
        List<Piece> pieces =
                in.list(() -> new Piece(in.integer(), in.integer(), tables.get(in.integer()), ChunksCodec.range(in)));
        return new SnapshotSplit(id, epoch, pieces, next);
    }
}
