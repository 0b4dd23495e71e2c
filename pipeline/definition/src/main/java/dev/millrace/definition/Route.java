package dev.millrace.definition;

import dev.millrace.config.Place;
import dev.millrace.schema.TableId;
import java.util.Optional;

/** One entry of {@code route:}. */
record Route(Place place, TablePattern sources, SinkTable target) {
    Optional<TableId> of(TableId source) {
        return sources.match(source).map(match -> target.of(source, match));
    }
}
