package dev.millrace.source.mysql.split;

import dev.millrace.source.relational.state.StateReader;
import dev.millrace.source.relational.state.StateWriter;
import java.util.List;

/** How tables are cut, as bytes. */
final class ChunksCodec {
    private ChunksCodec() {}

    static void write(Chunks chunks, StateWriter out) {
        out.list(chunks.columns(), each -> out.number(each));
        out.list(chunks.orders(), order -> out.number(order.ordinal()));
        out.list(chunks.bounds(), bound -> bound(bound, out));
    }

    static Chunks read(StateReader in) {
        return new Chunks(
                in.list(in::integer), in.list(() -> in.choice(KeyOrder.values())), in.list(() -> in.list(in::text)));
    }

    static void write(TableSkips skips, StateWriter out) {
        write(skips.chunks(), out);
        out.list(skips.epochs(), each -> out.number(each));
    }

    static TableSkips readSkips(StateReader in) {
        return new TableSkips(read(in), in.list(in::integer));
    }

    static void range(Range range, StateWriter out) {
        switch (range) {
            case Range.Whole whole -> out.flag(false);
            case Range.Keys keys ->
                out.flag(true)
                        .list(keys.columns(), each -> out.number(each))
                        .optional(keys.lower(), bound -> bound(bound, out))
                        .optional(keys.upper(), bound -> bound(bound, out));
        }
    }

    static Range range(StateReader in) {
        return in.flag()
                ? new Range.Keys(
                        in.list(in::integer),
                        in.optional(() -> in.list(in::text)),
                        in.optional(() -> in.list(in::text)))
                : new Range.Whole();
    }

    private static void bound(List<String> values, StateWriter out) {
        out.list(values, out::text);
    }
}
