package dev.millrace.source.postgres.split;

import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.split.LogSplit.Target;
import dev.millrace.spi.VersionedBytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The log's split as bytes: places first, then the target, compressed, which never changes. */
final class LogSplitCodec {
    static final int VERSION = 2;

    private LogSplitCodec() {}

    static VersionedBytes encode(LogSplit split) {
        StateWriter out = new StateWriter().number(split.startPlace());
        out.flag(split.endPlace().isPresent()).number(split.endPlace().orElse(0));
        out.number(split.consistentPlace()).raw(split.target().encoded());
        return new VersionedBytes(VERSION, out.toBytes());
    }

    static LogSplit decode(VersionedBytes state) {
        StateReader in = new StateReader(Versions.check(state, VERSION));
        long start = in.number();
        boolean ends = in.flag();
        long end = in.number();
        return new LogSplit(start, ends ? OptionalLong.of(end) : OptionalLong.empty(), in.number(), target(in.rest()));
    }

    static byte[] encode(String slot, String publication, List<PgTable> tables, SkipRules skips) {
        StateWriter out = new StateWriter().text(slot).text(publication);
        TableCodec.write(tables, out);
        out.list(skips.tables().entrySet(), rule -> rule(rule.getKey(), rule.getValue(), out));
        return Compression.compress(out.toBytes());
    }

    private static Target target(byte[] encoded) {
        StateReader in = new StateReader(Compression.expand(encoded));
        String slot = in.text();
        String publication = in.text();
        List<PgTable> tables = TableCodec.read(in);
        Map<Integer, TableSkips> skips = new HashMap<>();
        in.repeat(() -> skips.put(in.integer(), rule(in)));
        return new Target(slot, publication, tables, new SkipRules(skips), encoded);
    }

    private static void rule(int table, TableSkips skips, StateWriter out) {
        out.number(table).number(skips.keyColumn()).number(skips.order().ordinal());
        out.list(skips.bounds(), out::bytes).list(skips.places(), place -> out.number(place));
    }

    private static TableSkips rule(StateReader in) {
        return new TableSkips(in.integer(), KeyOrder.values()[in.integer()], in.list(in::bytes), in.list(in::number));
    }
}
