package dev.millrace.cli;

import dev.millrace.definition.PipelineFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which pipeline a command is about. */
final class PipelineArguments {
    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "The pipeline file, for example configs/quickstart.yaml.")
    private Path file = Path.of("");

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets a value over the file's, for example --set pipeline.parallelism=2. May be repeated.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "Reads NAME=value lines that $${env:NAME} sees before the process's environment.")
    private @Nullable Path envFile;

    PipelineFile file(Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(environment);
        if (envFile != null) {
            variables.putAll(EnvFile.read(envFile));
        }
        return new PipelineFile(file, variables, overrides);
    }

    /** For messages that say what to type next. */
    Path path() {
        return file;
    }
}
