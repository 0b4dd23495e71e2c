package dev.millrace.source.postgres.connection;

import dev.millrace.config.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where the database is and how to log in.
 *
 * @param host           a name, an address, or the folder of a Unix socket (then it begins with a slash)
 * @param connectTimeout for the connection and the login together
 * @param driver         further properties of the JDBC driver, which prevail over all others
 */
public record ServerAddress(
        String host,
        int port,
        String database,
        String user,
        Optional<Secret> password,
        TlsSettings tls,
        Duration connectTimeout,
        Map<String, String> driver) {
    public ServerAddress {
        driver = Map.copyOf(driver);
    }

    public boolean isUnixSocket() {
        return host.startsWith("/");
    }

    /** For people: without user and password. */
    @Override
    public String toString() {
        return host + ":" + port + "/" + database;
    }
}
