package dev.millrace.source.postgres.split;

import dev.millrace.source.relational.state.StateReader;
import dev.millrace.source.relational.state.StateWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How tables are published, as bytes. */
final class PublishedCodec {
    private PublishedCodec() {}

    static void write(Optional<Published> published, StateWriter out) {
        out.optional(published, found -> {
            out.number(found.publication()).number(found.written());
            out.list(found.entries().entrySet(), table -> {
                out.number(table.getKey());
                out.list(table.getValue(), entry -> out.number(entry));
            });
        });
    }

    static Optional<Published> read(StateReader in) {
        return in.optional(() -> {
            int publication = in.integer();
            int written = in.integer();
            Map<Integer, Set<Integer>> entries = new HashMap<>();
            in.repeat(() -> entries.put(in.integer(), Set.copyOf(in.list(in::integer))));
            return new Published(publication, written, entries);
        });
    }
}
