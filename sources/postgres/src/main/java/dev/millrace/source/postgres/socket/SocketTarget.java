package dev.millrace.source.postgres.socket;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a socket goes and who waits at it, as one text.
 *
 * @param unix the socket's file; empty for TCP
 * @param gate the name of the gate; empty where nobody waits
 */
public record SocketTarget(Optional<Path> unix, Optional<String> gate) {
    private static final String SEPARATOR = "@";

    public static SocketTarget tcp() {
        return new SocketTarget(Optional.empty(), Optional.empty());
    }

    /** @param folder where the server keeps its sockets */
    public static SocketTarget unix(String folder, int port) {
        return new SocketTarget(Optional.of(Path.of(folder, ".s.PGSQL." + port)), Optional.empty());
    }

    public SocketTarget through(ReceiveGate waiting) {
        return new SocketTarget(unix, Optional.of(waiting.name()));
    }

    /** Properties of the driver that make it use such sockets. */
    public Map<String, String> properties() {
        return Map.of("socketFactory", GatheringSocketFactory.class.getName(), "socketFactoryArg", argument());
    }

    String argument() {
        return gate.orElse("") + SEPARATOR + unix.map(Path::toString).orElse("");
    }

    static SocketTarget parse(String argument) {
        int end = argument.indexOf(SEPARATOR);
        String name = argument.substring(0, end);
        String file = argument.substring(end + 1);
        return new SocketTarget(
                file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file)),
                name.isEmpty() ? Optional.empty() : Optional.of(name));
    }
}
