package dev.millrace.bench.contender;

import dev.millrace.servers.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A pipeline of ours, as a user would write it: everything that is not about where things are is left at its default.
 *
 * @param name also of its slot
 * @param home holds the file, the state and the warehouse
 */
record PipelineFile(String name, Path home, PostgresServer server, String tables, boolean latest, OurSink sink) {
    Path path() {
        return home.resolve(name + ".yaml");
    }

    String slot() {
        return name;
    }

    String publication() {
        return name;
    }

    void write() throws IOException {
        String target = switch (sink) {
            case NOTHING -> "  type: blackhole\n";
            case PAIMON -> "  type: paimon\n  catalog.properties.warehouse: " + home.resolve("warehouse") + "\n";
        };
        Files.createDirectories(home);
        Files.writeString(path(), """
                source:
                  type: postgres
                  hostname: %s
                  port: %d
                  username: %s
                  password: ""
                  tables: %s
                  slot.name: %s
                  publication.name: %s
                  scan.startup.mode: %s
                sink:
                %spipeline:
                  name: %s
                  state: %s
                """.formatted(
                        server.host(),
                        server.port(),
                        server.user(),
                        tables,
                        slot(),
                        publication(),
                        latest ? "latest-offset" : "initial",
                        target,
                        name,
                        home.resolve("state").toUri()));
    }
}
