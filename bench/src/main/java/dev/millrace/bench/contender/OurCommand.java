package dev.millrace.bench.contender;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How {@code cdc} is started.
 *
 * @param launcher   an installed command; without one the class path of this JVM is used, with the launcher's options
 * @param recordings a folder for JVM flight recordings
 */
public record OurCommand(Optional<Path> launcher, Optional<Path> recordings) {
    private static final String MAIN = "dev.millrace.cli.Main";
    private static final List<String> LAUNCHER_OPTIONS = List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED");

    /** Runs a pipeline until it has caught up. */
    List<String> run(Path file, String recording) {
        List<String> arguments = List.of("run", "--until-caught-up", file.toString());
        List<String> recorder = recordings
                .map(folder -> "-XX:StartFlightRecording=settings=profile,filename="
                        + folder.resolve(recording + ".jfr"))
                .stream()
                .toList();
        if (launcher.isPresent()) {
            List<String> command = new ArrayList<>();
            if (!recorder.isEmpty()) {
                command.addAll(List.of("env", "JAVA_TOOL_OPTIONS=" + recorder.get(0)));
            }
            command.add(launcher.get().toString());
            command.addAll(arguments);
            return command;
        }
        List<String> options = new ArrayList<>(LAUNCHER_OPTIONS);
        options.addAll(recorder);
        return JavaCommand.of(options, MAIN, arguments);
    }
}
