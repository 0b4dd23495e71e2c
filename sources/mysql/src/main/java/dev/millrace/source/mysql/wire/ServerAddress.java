package dev.millrace.source.mysql.wire;

import dev.millrace.config.Secret;
import java.time.Duration;

/**
 * Where the server is and how to log in.
 *
 * @param connectTimeout for the connection, and for each answer until the login is done
 */
public record ServerAddress(
        String host, int port, String user, Secret password, TlsSettings tls, Duration connectTimeout) {

    /** For people: without user and password. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
