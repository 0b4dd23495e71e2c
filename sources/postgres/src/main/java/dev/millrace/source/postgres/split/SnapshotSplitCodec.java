package dev.millrace.source.postgres.split;

import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.split.Chunks.Range;
import dev.millrace.source.postgres.split.SnapshotSplit.Piece;
import dev.millrace.source.relational.state.StateForm;
import dev.millrace.source.relational.state.StateReader;
import dev.millrace.source.relational.state.StateWriter;
import dev.millrace.spi.Split;
import dev.millrace.spi.VersionedBytes;
import java.util.List;

/** A snapshot split as bytes. */
final class SnapshotSplitCodec {
    private static final int VERSION = 2;

    private SnapshotSplitCodec() {}

    static VersionedBytes encode(SnapshotSplit split) {
        Epoch epoch = split.epoch();
        StateWriter out = new StateWriter().number(split.next());
        out.number(epoch.number()).number(epoch.place()).number(epoch.micros()).text(epoch.snapshot());
        List<PgTable> tables =
                split.pieces().stream().map(Piece::table).distinct().toList();
        TableCodec.write(tables, out);
        out.list(split.pieces(), piece -> {
            out.number(piece.tableIndex()).number(piece.chunk()).number(tables.indexOf(piece.table()));
            range(piece.range(), out);
        });
        return new VersionedBytes(VERSION, StateForm.compress(out.toBytes()));
    }

    static SnapshotSplit decode(Split split) {
        StateReader in = PostgresState.FORM.readerOfCompressed(PostgresState.FORM.check(split.state(), VERSION));
        int next = in.integer();
        Epoch epoch = new Epoch(in.integer(), in.number(), in.number(), in.text());
        List<PgTable> tables = TableCodec.read(in);
        List<Piece> pieces = in.list(() -> new Piece(in.integer(), in.integer(), tables.get(in.integer()), range(in)));
        return new SnapshotSplit(split.id(), epoch, pieces, next);
    }

    private static void range(Range range, StateWriter out) {
        switch (range) {
            case Range.Whole whole -> out.number(0);
            case Range.Keys keys ->
                out.number(1)
                        .number(keys.column())
                        .optional(keys.lower(), out::bytes)
                        .optional(keys.upper(), out::bytes);
            case Range.Pages pages ->
                out.number(2)
                        .number(pages.storage())
                        .number(pages.start())
                        .optional(pages.end(), end -> out.number(end));
        }
    }

    private static Range range(StateReader in) {
        return switch (in.integer()) {
            case 0 -> new Range.Whole();
            case 1 -> new Range.Keys(in.integer(), in.optional(in::bytes), in.optional(in::bytes));
            default -> new Range.Pages(in.integer(), in.number(), in.optional(in::number));
        };
    }
}
