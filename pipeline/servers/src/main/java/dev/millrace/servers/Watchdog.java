package dev.millrace.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A small process that ends a server when this JVM is gone, also after {@code kill -9}: it reads a pipe that only the
 * JVM holds open. So the server outlives the JVM's shutdown hooks, which may still need it, by a moment.
 */
final class Watchdog {
    private static final String SCRIPT = """
            trap '' HUP INT TERM
            read -r ignored
            kill -s "$3" "$1" || exit 0
            tries=0
            while kill -s 0 "$1" 2>/dev/null; do
              tries=$((tries + 1))
              if [ "$tries" -eq 100 ]; then kill -s "$4" "$1"; fi
              sleep 0.1
            done
            if [ -n "$2" ]; then rm -rf "$2"; fi
            """;

    private final Process process;

    private Watchdog(Process process) {
        this.process = process;
    }

    /** @param temporary a folder to delete once the server has ended */
    static Watchdog over(Process server, StopSignals signals, Optional<Path> temporary) throws IOException {
        List<String> command = new ArrayList<>(Session.ofItsOwn());
        command.addAll(List.of("sh", "-c", SCRIPT, "watchdog", Long.toString(server.pid())));
        command.addAll(List.of(temporary.map(Path::toString).orElse(""), signals.orderly(), signals.hasty()));
        return new Watchdog(new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** The server has ended by itself; its process number may soon be another's. */
    void dismiss() {
        process.destroyForcibly();
    }
}
