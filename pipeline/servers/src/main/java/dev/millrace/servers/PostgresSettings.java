package dev.millrace.servers;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a {@link PostgresServer} is to be.
 *
 * @param major 14 to 18; its programs have to be on the class path
 * @param folder where the server keeps everything, for later starts too; without one it is temporary and deleted at the
 *     end
 * @param port on the loopback address; without one a free port is chosen at the first start and kept
 * @param parameters the server's own settings, as in {@code postgresql.conf}, on top of those that logical decoding
 *     needs
 */
public record PostgresSettings(
        int major, Optional<Path> folder, OptionalInt port, PostgresAccess access, Map<String, String> parameters) {

    public PostgresSettings {
        parameters = Map.copyOf(parameters);
    }

    /** A temporary server on a free port that trusts everybody on this machine. */
    public static PostgresSettings ofMajor(int major) {
        return new PostgresSettings(major, Optional.empty(), OptionalInt.empty(), PostgresAccess.trust(), Map.of());
    }

    public PostgresSettings in(Path keptFolder) {
        return new PostgresSettings(major, Optional.of(keptFolder), port, access, parameters);
    }

    public PostgresSettings onPort(int fixedPort) {
        return new PostgresSettings(major, folder, OptionalInt.of(fixedPort), access, parameters);
    }

    public PostgresSettings with(PostgresAccess newAccess) {
        return new PostgresSettings(major, folder, port, newAccess, parameters);
    }

    public PostgresSettings with(String parameter, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(parameter, value);
        return new PostgresSettings(major, folder, port, access, more);
    }
}
