package dev.millrace.servers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@link MySqlServer} is to be.
 *
 * @param tls        what it shows to clients that want TLS; without it MySQL makes itself a certificate, and MariaDB
 *                   offers no TLS
 * @param parameters the server's own settings, as on its command line without the dashes, on top of those that a changelog
 *                   needs
 */
public record MySqlSettings(MySqlRelease release, Optional<TlsFiles> tls, Map<String, String> parameters) {
    public MySqlSettings {
        parameters = Map.copyOf(parameters);
    }

    public static MySqlSettings of(MySqlRelease release) {
        return new MySqlSettings(release, Optional.empty(), Map.of());
    }

    public MySqlSettings with(TlsFiles files) {
        return new MySqlSettings(release, Optional.of(files), parameters);
    }

    public MySqlSettings with(String parameter, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(parameter, value);
        return new MySqlSettings(release, tls, more);
    }
}
