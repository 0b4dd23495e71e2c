package dev.millrace.cli;

import dev.millrace.config.ConfigException;
import dev.millrace.config.ConfigSection;
import dev.millrace.config.ConfigValue;
import dev.millrace.config.Nearest;
import dev.millrace.config.Place;
import dev.millrace.config.Problem;
import dev.millrace.definition.ConnectorDefinition;
import dev.millrace.definition.ConnectorRules;
import dev.millrace.spi.SinkFactory;
import dev.millrace.spi.SourceFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;

/** The sources and sinks on the class path, by type. */
final class Connectors implements ConnectorRules {
    private final Map<String, SourceFactory> sources;
    private final Map<String, SinkFactory> sinks;

    Connectors() {
        this.sources = byType(ServiceLoader.load(SourceFactory.class), SourceFactory::type);
        this.sinks = byType(ServiceLoader.load(SinkFactory.class), SinkFactory::type);
    }

    SourceFactory source(String type) {
        return known(sources, type);
    }

    SinkFactory sink(String type) {
        return known(sinks, type);
    }

    @Override
    public List<Problem> source(ConnectorDefinition definition, Optional<ConfigSection> quickstart) {
        SourceFactory factory = sources.get(definition.type());
        if (factory == null) {
            return List.of(unknown("source", definition, sources));
        }
        List<Problem> problems = new ArrayList<>();
        quickstart.ifPresent(section -> gather(problems, () -> ShopSettings.read(section)));
        ConfigSection section = quickstart.isPresent() ? connected(definition.section()) : definition.section();
        gather(
                problems,
                () -> factory.create(section, Contexts.looking().source()).close());
        return problems;
    }

    @Override
    public List<Problem> sink(ConnectorDefinition definition) {
        SinkFactory factory = sinks.get(definition.type());
        if (factory == null) {
            return List.of(unknown("sink", definition, sinks));
        }
        List<Problem> problems = new ArrayList<>();
        gather(
                problems,
                () -> factory.create(definition.section(), Contexts.looking().sink())
                        .close());
        return problems;
    }

    private static void gather(List<Problem> problems, Runnable reading) {
        try {
            reading.run();
        } catch (ConfigException e) {
            problems.addAll(e.problems());
        }
    }

    /** The section as it will be once the quickstart's database runs. */
    private static ConfigSection connected(ConfigSection section) {
        Place place = new Place("quickstart", 0, 0);
        Map<String, ConfigValue> values = new LinkedHashMap<>(section.values());
        Map.of("hostname", "localhost", "port", "5432", "username", "shop", "password", "shop")
                .forEach((key, value) -> values.putIfAbsent(key, new ConfigValue(value, place, false)));
        return new ConfigSection(section.name(), section.place(), values);
    }

    private static Problem unknown(String kind, ConnectorDefinition definition, Map<String, ?> known) {
        return new Problem(
                definition.typePlace(),
                "There is no " + kind + " of type '" + definition.type() + "'.",
                Nearest.to(definition.type(), known.keySet())
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse("There are: " + String.join(", ", known.keySet()) + "."));
    }

    private static <F> F known(Map<String, F> factories, String type) {
        F factory = factories.get(type);
        if (factory == null) {
            throw new IllegalStateException("not validated: " + type);
        }
        return factory;
    }

    private static <F> Map<String, F> byType(ServiceLoader<F> loader, Function<F, String> type) {
        Map<String, F> factories = new TreeMap<>();
        loader.forEach(factory -> factories.put(type.apply(factory), factory));
        return factories;
    }
}
