package dev.millrace.bench.contender;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A pipeline of ours, as a user would write it: everything that is not about where things are is left at its default.
 *
 * @param home    holds the file, the state and the warehouse
 * @param section its source
 */
record PipelineFile(String name, Path home, String section, OurSink sink) {
    Path path() {
        return home.resolve(name + ".yaml");
    }

    void write() throws IOException {
        String target = switch (sink) {
            case NOTHING -> "  type: blackhole\n";
            case PAIMON -> "  type: paimon\n  catalog.properties.warehouse: " + home.resolve("warehouse") + "\n";
        };
        Files.createDirectories(home);
        Files.writeString(
                path(),
                section + """
                sink:
                %spipeline:
                  name: %s
                  state: %s
                """.formatted(target, name, home.resolve("state").toUri()));
    }
}
