package dev.millrace.definition;

import dev.millrace.config.ConfigValue;
import dev.millrace.config.Place;
import dev.millrace.config.Problem;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns the maps of a section into values by dotted key, with placeholders replaced, and remembers which of them are secret. */
final class SectionReader {
    /** What is shorter is found by chance in any text; hiding it would garble messages and protect nothing. */
    private static final int SHORTEST_SECRET = 4;

    private final Placeholders placeholders;
    private final List<Problem> problems;
    private final Set<String> hidden = new HashSet<>();
    private final Set<String> clear = new HashSet<>();

    SectionReader(Placeholders placeholders, List<Problem> problems) {
        this.placeholders = placeholders;
        this.problems = problems;
    }

    Map<String, ConfigValue> flatten(YamlNode.Entry section) {
        Map<String, ConfigValue> values = new LinkedHashMap<>();
        switch (section.value()) {
            case YamlNode.Mapping mapping -> flatten("", mapping, values);
            case YamlNode.Scalar scalar when scalar.isAbsent() -> {}
            case YamlNode.Scalar scalar -> refuseSection(section);
            case YamlNode.Sequence sequence -> refuseSection(section);
        }
        return values;
    }

    Map<String, ConfigValue> replaceAll(Map<String, ConfigValue> values) {
        Map<String, ConfigValue> replaced = new LinkedHashMap<>();
        values.forEach((key, value) -> replaced.put(key, value(key, value.text(), value.place())));
        return replaced;
    }

    /** A value of the file with its placeholders replaced. */
    ConfigValue value(String key, String text, Place place) {
        Placeholders.Replaced replaced = placeholders.replace(text, place);
        boolean secret = replaced.changed() || SecretKeys.isSecret(key, replaced.text());
        (secret ? hidden : clear).add(replaced.text());
        return new ConfigValue(replaced.text(), place, secret);
    }

    /** What must not appear in messages; without what the same file says in the clear, so that it isn't hidden by hiding. */
    Secrets secrets() {
        return new Secrets(hidden.stream()
                .filter(text -> text.length() >= SHORTEST_SECRET)
                .filter(text -> clear.stream().noneMatch(open -> open.contains(text)))
                .toList());
    }

    private void flatten(String prefix, YamlNode.Mapping mapping, Map<String, ConfigValue> values) {
        for (YamlNode.Entry entry : mapping.entries()) {
            String key = prefix + entry.key();
            switch (entry.value()) {
                case YamlNode.Mapping inner -> flatten(key + ".", inner, values);
                case YamlNode.Scalar scalar -> put(entry, key, scalar, values);
                case YamlNode.Sequence list -> putList(entry, key, list, values);
            }
        }
    }

    private void put(YamlNode.Entry entry, String key, YamlNode.Scalar scalar, Map<String, ConfigValue> values) {
        if (scalar.isAbsent()) {
            problems.add(new Problem(
                    entry.keyPlace(),
                    "'" + key + "' has no value.",
                    "Give it one, remove the line, or write '' for an empty text."));
            return;
        }
        store(key, value(key, scalar.text(), scalar.place()), values);
    }

    /** Lists of single values are handed on joined by commas, as Flink CDC's connectors write them. */
    private void putList(YamlNode.Entry entry, String key, YamlNode.Sequence list, Map<String, ConfigValue> values) {
        if (key.equals(PipelineKeys.NAME)) {
            store(key, new ConfigValue(key, list.place(), false), values);
            problems.add(new Problem(list.place(), "'" + key + "' is a list.", "Give one value."));
            return;
        }
        if (!list.items().stream().allMatch(item -> item instanceof YamlNode.Scalar scalar && !scalar.isAbsent())) {
            store(key, new ConfigValue("", list.place(), false), values);
            if (!key.equals(PipelineKeys.USER_DEFINED_FUNCTION) && !key.equals(PipelineKeys.MODEL)) {
                problems.add(new Problem(
                        entry.keyPlace(), "'" + key + "' is a list of more than single values.", "Give one value."));
            }
            return;
        }
        List<ConfigValue> items = list.items().stream()
                .map(item -> value(key, ((YamlNode.Scalar) item).text(), item.place()))
                .toList();
        String joined = items.stream().map(ConfigValue::text).collect(Collectors.joining(","));
        store(key, new ConfigValue(joined, list.place(), items.stream().anyMatch(ConfigValue::secret)), values);
    }

    private void store(String key, ConfigValue value, Map<String, ConfigValue> values) {
        ConfigValue first = values.putIfAbsent(key, value);
        if (first != null) {
            problems.add(new Problem(
                    value.place(),
                    "'" + key + "' stands twice, first in line " + first.place().line() + ".",
                    "Remove one of them."));
        }
    }

    private void refuseSection(YamlNode.Entry section) {
        problems.add(new Problem(
                section.keyPlace(),
                "'" + section.key() + "' is " + section.value().kind() + ".",
                "It takes keys with values, indented below it."));
    }
}
