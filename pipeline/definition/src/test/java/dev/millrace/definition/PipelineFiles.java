package dev.millrace.definition;

import dev.millrace.config.ConfigException;
import dev.millrace.config.ConfigValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes pipeline files for tests and reads them back. */
record PipelineFiles(Path folder, Map<String, String> environment, List<String> overrides) {
    static final String MINIMAL = """
            source:
              type: lines
            sink:
              type: blackhole
            """;

    static PipelineFiles in(Path folder) {
        return new PipelineFiles(folder, Map.of(), List.of());
    }

    PipelineFiles with(Map<String, String> variables) {
        return new PipelineFiles(folder, variables, overrides);
    }

    PipelineFiles set(String... assignments) {
        return new PipelineFiles(folder, environment, List.of(assignments));
    }

    PipelineDefinition read(String text) {
        return file(text).read(ConnectorRules.NONE);
    }

    /** A value that a test relies on. */
    static ConfigValue at(Map<String, ConfigValue> values, String key) {
        return Objects.requireNonNull(values.get(key), key);
    }

    /** The problems of a file, one a line, with the folder left out. */
    String problems(String text) {
        try {
            read(text);
            return "";
        } catch (ConfigException e) {
            return String.valueOf(e.getMessage()).replace(folder + "/", "");
        }
    }

    PipelineFile file(String text) {
        try {
            Path path = folder.resolve("shop.yaml");
            Files.writeString(path, text);
            return new PipelineFile(path, environment, overrides);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
