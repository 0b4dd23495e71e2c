package dev.millrace.definition;

import dev.millrace.config.ConfigException;
import dev.millrace.config.ConfigSection;
import dev.millrace.config.ConfigValue;
import dev.millrace.config.Nearest;
import dev.millrace.config.Place;
import dev.millrace.config.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Puts a file's sections together and gathers the problems of all of them. Used once. */
final class DefinitionReader {
    static final List<String> SECTIONS = List.of("source", "sink", "route", "transform", "pipeline", "quickstart");
    private static final Set<String> TAKEN_OUT = Set.of("type", "name");

    private final PipelineFile file;
    private final ConnectorRules rules;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();
    private final SectionReader sections;
    private final Place start;

    DefinitionReader(PipelineFile file, ConnectorRules rules) {
        this.file = file;
        this.rules = rules;
        this.start = new Place(file.path().toString(), 1, 1);
        this.sections = new SectionReader(new Placeholders(file.folder(), file.environment(), problems), problems);
    }

    PipelineDefinition read(String text) {
        Map<String, YamlNode.Entry> root = root(text);
        refuseUnknown(root);
        Overrides overrides = Overrides.parse(file.overrides(), problems);
        Map<String, ConfigSection> read = new LinkedHashMap<>();
        for (String name : List.of("source", "sink", "pipeline", "quickstart")) {
            section(name, root, overrides).ifPresent(section -> read.put(name, section));
        }
        Optional<ConnectorDefinition> source = connector("source", read);
        Optional<ConnectorDefinition> sink = connector("sink", read);
        Optional<ConfigSection> quickstart = Optional.ofNullable(read.get("quickstart"));
        source.map(definition -> rules.source(definition, quickstart)).ifPresent(problems::addAll);
        sink.map(rules::sink).ifPresent(problems::addAll);
        ConfigSection pipeline = read.getOrDefault("pipeline", new ConfigSection("pipeline", start, Map.of()));
        Optional<PipelineSettings> settings = attempt(() -> new PipelineSettingsReader(file, notes).read(pipeline));
        refuseTransform(root);
        Routes routes = new RouteReader(sections, problems)
                .read(Optional.ofNullable(root.get("route")), RouteMode.of(pipeline));
        finish();
        return new PipelineDefinition(
                source.orElseThrow(),
                sink.orElseThrow(),
                routes,
                settings.orElseThrow(),
                quickstart,
                notes,
                sections.secrets());
    }

    private Map<String, YamlNode.Entry> root(String text) {
        Optional<YamlNode> document = new YamlReader(file.path().toString(), problems).read(text);
        Map<String, YamlNode.Entry> root = new LinkedHashMap<>();
        if (document.isPresent() && document.get() instanceof YamlNode.Mapping mapping) {
            mapping.entries().forEach(entry -> root.put(entry.key(), entry));
            return root;
        }
        if (problems.isEmpty()) {
            String found = document.map(YamlNode::kind).orElse("nothing");
            problems.add(new Problem(
                    start,
                    "The file holds " + found + ".",
                    "It needs at least 'source:' and 'sink:'; configs/ has examples."));
        }
        throw new ConfigException(problems);
    }

    private void refuseUnknown(Map<String, YamlNode.Entry> root) {
        root.values().stream().filter(entry -> !SECTIONS.contains(entry.key())).forEach(entry -> {
            String fix = Nearest.to(entry.key(), SECTIONS)
                    .map(near -> "Did you mean '" + near + "'?")
                    .orElse("A pipeline file has " + String.join(", ", SECTIONS) + ".");
            problems.add(new Problem(entry.keyPlace(), "Unknown section '" + entry.key() + "'.", fix));
        });
    }

    private Optional<ConfigSection> section(String name, Map<String, YamlNode.Entry> root, Overrides overrides) {
        Map<String, ConfigValue> values = new LinkedHashMap<>();
        YamlNode.Entry entry = root.get(name);
        if (entry != null) {
            values.putAll(sections.flatten(entry));
        }
        Map<String, ConfigValue> given = sections.replaceAll(overrides.of(name));
        values.putAll(given);
        if (entry == null && given.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ConfigSection(name, entry == null ? start : entry.keyPlace(), values));
    }

    private Optional<ConnectorDefinition> connector(String name, Map<String, ConfigSection> read) {
        ConfigSection section = read.get(name);
        if (section == null) {
            problems.add(new Problem(start, "'" + name + "' is missing.", "Add '" + name + ":' with its 'type:'."));
            return Optional.empty();
        }
        ConfigValue type = section.values().get("type");
        if (type == null) {
            problems.add(new Problem(section.place(), "'" + name + "' lacks 'type'.", "Add 'type: …'."));
            return Optional.empty();
        }
        refuseSchemaFilters(section);
        Map<String, ConfigValue> rest = new LinkedHashMap<>(section.values());
        rest.keySet().removeAll(TAKEN_OUT);
        return Optional.of(
                new ConnectorDefinition(type.text(), type.place(), new ConfigSection(name, section.place(), rest)));
    }

    /** Flink CDC's choice of schema changes that reach the sink: to apply only some of them would change the data. */
    private void refuseSchemaFilters(ConfigSection section) {
        for (String key : List.of("include.schema.changes", "exclude.schema.changes")) {
            ConfigValue value = section.values().get(key);
            if (value != null) {
                problems.add(unsupported(value.place(), "'" + key + "'"));
            }
        }
    }

    private void refuseTransform(Map<String, YamlNode.Entry> root) {
        YamlNode.Entry transform = root.get("transform");
        if (transform == null
                || (transform.value() instanceof YamlNode.Sequence list
                        && list.items().isEmpty())) {
            return;
        }
        problems.add(unsupported(transform.keyPlace(), "'transform'"));
    }

    private static Problem unsupported(Place place, String what) {
        return new Problem(
                place,
                what + " would change the data and is not supported yet (" + DefinitionError.UNSUPPORTED.id() + ").",
                "Remove it, or transform in the database by a view or after the sink.");
    }

    private <T> Optional<T> attempt(Supplier<T> reader) {
        try {
            return Optional.of(reader.get());
        } catch (ConfigException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    private void finish() {
        if (!problems.isEmpty()) {
            problems.sort(
                    Comparator.comparingInt((Problem problem) -> problem.place().line())
                            .thenComparingInt(problem -> problem.place().column()));
            Secrets secrets = sections.secrets();
            throw new ConfigException(problems.stream()
                    .map(problem ->
                            new Problem(problem.place(), secrets.hide(problem.message()), secrets.hide(problem.fix())))
                    .toList());
        }
    }
}
