package dev.millrace.definition;

import dev.millrace.config.ConfigSection;
import dev.millrace.config.ConfigValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pipeline file says.
 *
 * @param routes     where the rows of a table go
 * @param quickstart the settings of the shop to start with the pipeline; empty where the file wants none
 * @param notes      what was accepted without effect
 * @param secrets    what must not appear in anything printed
 */
public record PipelineDefinition(
        ConnectorDefinition source,
        ConnectorDefinition sink,
        Routes routes,
        PipelineSettings pipeline,
        Optional<ConfigSection> quickstart,
        List<Note> notes,
        Secrets secrets) {
    public PipelineDefinition {
        notes = List.copyOf(notes);
    }

    /** The same with values for keys of the source that the file leaves out. */
    public PipelineDefinition withSourceDefaults(Map<String, ConfigValue> defaults) {
        ConfigSection section = source.section();
        Map<String, ConfigValue> values = new LinkedHashMap<>(section.values());
        defaults.forEach(values::putIfAbsent);
        ConnectorDefinition completed = new ConnectorDefinition(
                source.type(), source.typePlace(), new ConfigSection(section.name(), section.place(), values));
        return new PipelineDefinition(completed, sink, routes, pipeline, quickstart, notes, secrets);
    }
}
