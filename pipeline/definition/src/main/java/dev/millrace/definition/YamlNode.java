package dev.millrace.definition;

import dev.millrace.config.Place;
import java.util.List;

/** A piece of YAML, as written: text stays text, and everything knows its place. Anchors and merge keys are resolved. */
sealed interface YamlNode {
    Place place();

    /**
     * A single value.
     *
     * @param plain whether it was written without quotes, so that an empty one means that nothing was given
     */
    record Scalar(Place place, String text, boolean plain) implements YamlNode {
        boolean isAbsent() {
            return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }
    }

    record Sequence(Place place, List<YamlNode> items) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /**
     * A map.
     *
     * @param entries in file order, each key once
     */
    record Mapping(Place place, List<Entry> entries) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }
    }

    record Entry(Place keyPlace, String key, YamlNode value) {}

    default String kind() {
        return switch (this) {
            case Scalar scalar -> scalar.isAbsent() ? "nothing" : "a single value";
            case Sequence sequence -> "a list";
            case Mapping mapping -> "a map";
        };
    }
}
