package dev.millrace.definition;

import dev.millrace.config.ConfigValue;
import dev.millrace.config.Nearest;
import dev.millrace.config.Place;
import dev.millrace.config.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code --set} gives: values by section and key; the last one for a key holds. */
record Overrides(Map<String, Map<String, ConfigValue>> bySection) {
    private static final List<String> SETTABLE = List.of("source", "sink", "pipeline", "quickstart");

    static Overrides parse(List<String> arguments, List<Problem> problems) {
        Map<String, Map<String, ConfigValue>> bySection = new LinkedHashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            int dot = argument.indexOf('.');
            if (dot < 1 || dot > equals - 2) {
                problems.add(new Problem(
                        new Place("--set", 0, 0), "This assigns nothing.", "Write --set section.key=value."));
                continue;
            }
            String key = argument.substring(0, equals);
            Place place = new Place("--set " + key, 0, 0);
            String section = key.substring(0, dot);
            if (!SETTABLE.contains(section)) {
                String near = Nearest.to(section, SETTABLE)
                        .map(name -> "Did you mean '" + name + "." + key.substring(dot + 1) + "'?")
                        .orElse("Begin the key with " + String.join(". or ", SETTABLE) + ".");
                problems.add(new Problem(place, "'" + section + "' holds nothing that can be set.", near));
                continue;
            }
            bySection
                    .computeIfAbsent(section, name -> new LinkedHashMap<>())
                    .put(key.substring(dot + 1), new ConfigValue(argument.substring(equals + 1), place, false));
        }
        return new Overrides(bySection);
    }

    Map<String, ConfigValue> of(String section) {
        return bySection.getOrDefault(section, Map.of());
    }
}
