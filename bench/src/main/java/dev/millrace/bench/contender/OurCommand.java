package dev.millrace.bench.contender;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How {@code cdc} is started: by its own launcher, with the JVM options that every user gets.
 *
 * @param recordings a folder for JVM flight recordings
 */
public record OurCommand(Path launcher, Optional<Path> recordings) {

    /** Runs a pipeline until it has caught up. */
    List<String> run(Path file, String recording) {
        String options = recordings
                .map(folder ->
                        "-XX:StartFlightRecording=settings=profile,filename=" + folder.resolve(recording + ".jfr"))
                .orElse("");
        return List.of(
                "env", "CDC_JAVA_OPTS=" + options, launcher.toString(), "run", "--until-caught-up", file.toString());
    }
}
