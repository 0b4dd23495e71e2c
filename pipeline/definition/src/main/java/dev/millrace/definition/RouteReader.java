package dev.millrace.definition;

import dev.millrace.config.ConfigException;
import dev.millrace.config.ConfigReader;
import dev.millrace.config.ConfigSection;
import dev.millrace.config.ConfigValue;
import dev.millrace.config.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** Reads {@code route:}, a list of maps. */
final class RouteReader {
    static final String SOURCE_TABLE = "source-table";
    static final String SINK_TABLE = "sink-table";
    static final String REPLACE_SYMBOL = "replace-symbol";
    static final String DESCRIPTION = "description";

    private final SectionReader sections;
    private final List<Problem> problems;

    RouteReader(SectionReader sections, List<Problem> problems) {
        this.sections = sections;
        this.problems = problems;
    }

    Routes read(Optional<YamlNode.Entry> section, RouteMode mode) {
        List<Route> routes = new ArrayList<>();
        if (section.isPresent()) {
            if (section.get().value() instanceof YamlNode.Sequence list) {
                list.items().forEach(item -> route(item).ifPresent(routes::add));
            } else {
                problems.add(new Problem(
                        section.get().keyPlace(),
                        "'route' is " + section.get().value().kind() + ".",
                        "It takes a list, each with '- source-table:' and 'sink-table:'."));
            }
        }
        return new Routes(routes, mode);
    }

    private Optional<Route> route(YamlNode item) {
        Map<String, ConfigValue> values = sections.flatten(new YamlNode.Entry(item.place(), "route", item));
        ConfigReader reader = new ConfigReader(new ConfigSection("route", item.place(), values));
        String source = reader.required(SOURCE_TABLE);
        String sink = reader.required(SINK_TABLE);
        Optional<String> symbol = reader.optional(REPLACE_SYMBOL);
        reader.optional(DESCRIPTION);
        if (symbol.isPresent() && (symbol.get().isEmpty() || symbol.get().contains("."))) {
            reader.reject(REPLACE_SYMBOL, "'replace-symbol' is empty or holds a dot.", "Take one such as <>.");
        }
        SinkTable target = SinkTable.parse(sink, symbol);
        if (!sink.isEmpty() && !target.isValid()) {
            reader.reject(
                    SINK_TABLE,
                    "'sink-table' is '" + values.get(SINK_TABLE) + "'.",
                    "Write table, database.table or database.schema.table.");
        }
        Optional<TablePattern> pattern = pattern(reader, source);
        if (pattern.isPresent() && target.groups() > pattern.get().groups()) {
            reader.reject(
                    SINK_TABLE,
                    "'sink-table' uses $" + target.groups() + ", and 'source-table' has "
                            + pattern.get().groups() + " groups.",
                    "Put what it shall mean into parentheses in 'source-table'.");
        }
        try {
            reader.finish();
            return pattern.map(sources -> new Route(item.place(), sources, target));
        } catch (ConfigException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    private static Optional<TablePattern> pattern(ConfigReader reader, String text) {
        try {
            return Optional.of(new TablePattern(text));
        } catch (PatternSyntaxException e) {
            reader.reject(
                    SOURCE_TABLE,
                    "'source-table' is no regular expression: " + e.getDescription() + ".",
                    "A dot parts database and table; write \\. for 'any character', as in shop\\.*.");
            return Optional.empty();
        }
    }
}
