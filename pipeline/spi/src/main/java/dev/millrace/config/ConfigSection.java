package dev.millrace.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A part of the pipeline file, as {@code source:} or {@code sink:}, with nested maps flattened into dotted keys.
 *
 * @param name   as in the file, for messages
 * @param place  where the section begins
 * @param values by key, in file order
 */
public record ConfigSection(String name, Place place, Map<String, ConfigValue> values) {
    public ConfigSection {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
