package dev.millrace.source.postgres.split;

import dev.millrace.model.Watermark;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.split.LogSplit.Target;
import dev.millrace.source.relational.state.StateForm;
import dev.millrace.source.relational.state.StateReader;
import dev.millrace.source.relational.state.StateWriter;
import dev.millrace.spi.VersionedBytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The log's split as bytes: places first, then the target, compressed, which never changes. */
final class LogSplitCodec {
    static final int VERSION = 4;
    static final int WITHOUT_END_TIME = 3;
    static final int WITHOUT_PUBLISHED = 2;

    private LogSplitCodec() {}

    static VersionedBytes encode(LogSplit split) {
        StateWriter out = new StateWriter().number(split.startPlace());
        out.optional(split.end(), end -> out.number(end.place()).number(end.micros()));
        out.number(split.consistentPlace()).raw(split.target().encoded());
        return new VersionedBytes(VERSION, out.toBytes());
    }

    static LogSplit decode(VersionedBytes state) {
        StateReader in = PostgresState.FORM.reader(PostgresState.FORM.check(state, WITHOUT_PUBLISHED, VERSION));
        long start = in.number();
        Optional<LogEnd> end = state.version() <= WITHOUT_END_TIME
                ? formerEnd(in)
                : in.optional(() -> new LogEnd(in.number(), in.number()));
        long consistent = in.number();
        Target target = state.version() == WITHOUT_PUBLISHED ? formerTarget(in.rest()) : target(in.rest());
        return new LogSplit(start, end, consistent, target);
    }

    private static Optional<LogEnd> formerEnd(StateReader in) {
        boolean ends = in.flag();
        long place = in.number();
        return ends ? Optional.of(new LogEnd(place, Watermark.NONE)) : Optional.empty();
    }

    static byte[] encode(
            String slot, String publication, Optional<Published> published, List<PgTable> tables, SkipRules skips) {
        StateWriter out = new StateWriter().text(slot).text(publication);
        TableCodec.write(tables, out);
        out.list(skips.tables().entrySet(), rule -> rule(rule.getKey(), rule.getValue(), out));
        PublishedCodec.write(published, out);
        return StateForm.compress(out.toBytes());
    }

    private static Target target(byte[] encoded) {
        StateReader in = PostgresState.FORM.readerOfCompressed(encoded);
        Target former = former(in);
        return new Target(
                former.slot(), former.publication(), PublishedCodec.read(in), former.tables(), former.skips(), encoded);
    }

    private static Target formerTarget(byte[] encoded) {
        Target former = former(PostgresState.FORM.readerOfCompressed(encoded));
        return Target.of(former.slot(), former.publication(), former.published(), former.tables(), former.skips());
    }

    private static Target former(StateReader in) {
        String slot = in.text();
        String publication = in.text();
        List<PgTable> tables = TableCodec.read(in);
        Map<Integer, TableSkips> skips = new HashMap<>();
        in.repeat(() -> skips.put(in.integer(), rule(in)));
        return new Target(slot, publication, Optional.empty(), tables, new SkipRules(skips), new byte[0]);
    }

    private static void rule(int table, TableSkips skips, StateWriter out) {
        out.number(table).number(skips.keyColumn()).number(skips.order().ordinal());
        out.list(skips.bounds(), out::bytes).list(skips.places(), place -> out.number(place));
    }

    private static TableSkips rule(StateReader in) {
        return new TableSkips(in.integer(), KeyOrder.values()[in.integer()], in.list(in::bytes), in.list(in::number));
    }
}
