package dev.millrace.source.postgres.split;

import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.relational.state.StateForm;
import dev.millrace.source.relational.state.StateReader;
import dev.millrace.source.relational.state.StateWriter;
import dev.millrace.spi.VersionedBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An enumerator's state as bytes. */
final class EnumeratorStateCodec {
    private static final int VERSION = 5;
    private static final int WITHOUT_END_TIME = 4;
    private static final int WITHOUT_PUBLISHED = 3;
    private static final int WITHOUT_HISTORY = 2;

    private EnumeratorStateCodec() {}

    static VersionedBytes encode(EnumeratorState state) {
        StateWriter out = new StateWriter().text(state.slot()).text(state.publication());
        TableCodec.write(state.tables().stream().map(TableSnapshot::table).toList(), out);
        state.tables().forEach(table -> {
            chunks(table.chunks(), out);
            out.list(Arrays.stream(table.epochs()).boxed().toList(), epoch -> out.number(epoch));
        });
        out.list(state.places(), place -> out.number(place));
        out.optional(state.log(), log -> out.bytes(LogSplitCodec.encode(log).bytes()));
        out.list(
                List.copyOf(state.former()),
                table -> out.text(table.database()).text(table.schema()).text(table.name()));
        out.optional(
                state.origin().history(), history -> out.text(history.system()).number(history.timeline()));
        PublishedCodec.write(state.origin().published(), out);
        return new VersionedBytes(VERSION, StateForm.compress(out.toBytes()));
    }

    static EnumeratorState decode(VersionedBytes state) {
        StateReader in =
                PostgresState.FORM.readerOfCompressed(PostgresState.FORM.check(state, WITHOUT_HISTORY, VERSION));
        String slot = in.text();
        String publication = in.text();
        List<PgTable> tables = TableCodec.read(in);
        List<TableSnapshot> snapshots = new ArrayList<>();
        for (PgTable table : tables) {
            snapshots.add(new TableSnapshot(
                    table,
                    chunks(in),
                    in.list(in::integer).stream().mapToInt(Integer::intValue).toArray()));
        }
        List<Long> places = in.list(in::number);
        Optional<LogSplit> log =
                in.optional(() -> LogSplitCodec.decode(new VersionedBytes(logVersion(state.version()), in.bytes())));
        Set<TableId> former = Set.copyOf(in.list(() -> new TableId(in.text(), in.text(), in.text())));
        Optional<ServerHistory> history = state.version() == WITHOUT_HISTORY
                ? Optional.empty()
                : in.optional(() -> new ServerHistory(in.text(), in.integer()));
        Optional<Published> published =
                state.version() <= WITHOUT_PUBLISHED ? Optional.empty() : PublishedCodec.read(in);
        return new EnumeratorState(
                new EnumeratorState.Origin(slot, publication, history, published), snapshots, places, log, former);
    }

    private static int logVersion(int version) {
        return switch (version) {
            case WITHOUT_HISTORY, WITHOUT_PUBLISHED -> LogSplitCodec.WITHOUT_PUBLISHED;
            case WITHOUT_END_TIME -> LogSplitCodec.WITHOUT_END_TIME;
            default -> LogSplitCodec.VERSION;
        };
    }

    private static void chunks(Chunks chunks, StateWriter out) {
        switch (chunks) {
            case Chunks.ByKey keys -> {
                out.number(0).number(keys.column()).number(keys.order().ordinal());
                out.list(keys.bounds(), out::bytes);
            }
            case Chunks.ByPages pages -> {
                out.number(1);
                out.list(
                        pages.ranges(),
                        range -> out.number(range.storage())
                                .number(range.start())
                                .optional(range.end(), end -> out.number(end)));
            }
        }
    }

    private static Chunks chunks(StateReader in) {
        return in.integer() == 0
                ? new Chunks.ByKey(in.integer(), KeyOrder.values()[in.integer()], in.list(in::bytes))
                : new Chunks.ByPages(
                        in.list(() -> new Chunks.Range.Pages(in.integer(), in.number(), in.optional(in::number))));
    }
}
