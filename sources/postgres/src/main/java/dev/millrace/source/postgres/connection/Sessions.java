package dev.millrace.source.postgres.connection;

import dev.millrace.source.postgres.socket.ReceiveGate;
import dev.millrace.source.postgres.socket.SocketTarget;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Opens sessions. No timeout of the server or the database ends them while they wait, texts come in UTF-8, and a peer that
 * has vanished is noticed.
 */
public final class Sessions {
    /**
     * A role or database may set each of these; a snapshot that lives for hours and a log reader that waits must not end by
     * them, and a policy that hides rows has to make a statement fail.
     */
    private static final String SETTINGS =
            "-c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0 -c idle_session_timeout=0"
                    + " -c tcp_keepalives_idle=60 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=6"
                    + " -c datestyle=ISO -c intervalstyle=iso_8601 -c extra_float_digits=1 -c default_transaction_read_only=off"
                    + " -c row_security=off";

    private static final int TRANSACTION_TIMEOUT_SINCE = 17;

    /** No statement of ours is silent for so long unless it waits for a lock, and then another attempt does no harm. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(10);

    private final ServerAddress server;
    private final String pipeline;

    /** @param pipeline its name, seen in {@code pg_stat_activity} */
    public Sessions(ServerAddress server, String pipeline) {
        this.server = server;
        this.pipeline = pipeline;
    }

    /**
     * A session for statements.
     *
     * @param purpose a word or two, seen in {@code pg_stat_activity}
     * @throws dev.millrace.error.MillraceException saying whether to look at the network, the login or the server
     */
    public Connection sql(String purpose) {
        return sql(purpose, LONGEST_SILENCE);
    }

    /**
     * The same for quick statements.
     *
     * @param silence after which the server or the way to it is taken for dead
     */
    public Connection sql(String purpose, Duration silence) {
        Properties properties = properties(purpose);
        if (!server.driver().containsKey(PGProperty.SOCKET_TIMEOUT.getName())) {
            PGProperty.SOCKET_TIMEOUT.set(properties, (int) silence.toSeconds());
        }
        return open(properties);
    }

    /**
     * A session that speaks the replication protocol, in simple queries only.
     *
     * @param extra properties of the driver on top
     */
    public Connection replication(String purpose, Map<String, String> extra) {
        Properties properties = properties(purpose);
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        extra.forEach(properties::setProperty);
        return open(properties);
    }

    /**
     * A session that speaks the replication protocol and whose reader waits at the gate.
     *
     * @param gate open; it works on after it was closed
     */
    public Connection replication(String purpose, ReceiveGate gate) {
        return replication(purpose, target().through(gate).properties());
    }

    public ServerAddress server() {
        return server;
    }

    private SocketTarget target() {
        return server.isUnixSocket() ? SocketTarget.unix(server.host(), server.port()) : SocketTarget.tcp();
    }

    private Connection open(Properties properties) {
        String host = server.isUnixSocket() ? "localhost" : server.host();
        String address = host.contains(":") ? "[" + host + "]" : host;
        String url = "jdbc:postgresql://" + address + ":" + server.port() + "/"
                + URLEncoder.encode(server.database(), StandardCharsets.UTF_8);
        try {
            Connection connection = new Driver().connect(url, properties);
            if (connection == null) {
                throw new SQLException("the driver does not take " + url);
            }
            endTransactionTimeout(connection);
            return connection;
        } catch (SQLException e) {
            throw PostgresFailure.connecting(server, e);
        }
    }

    /** Servers before 17 don't know the setting and would refuse it among the others. */
    private static void endTransactionTimeout(Connection connection) throws SQLException {
        if (connection.getMetaData().getDatabaseMajorVersion() >= TRANSACTION_TIMEOUT_SINCE) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET transaction_timeout = 0");
            }
        }
    }

    private Properties properties(String purpose) {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, server.user());
        server.password().ifPresent(password -> PGProperty.PASSWORD.set(properties, password.reveal()));
        PGProperty.APPLICATION_NAME.set(properties, "millrace " + pipeline + " " + purpose);
        PGProperty.OPTIONS.set(properties, SETTINGS);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        int seconds = Math.max(1, (int) server.connectTimeout().toSeconds());
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
        PGProperty.LOGIN_TIMEOUT.set(properties, seconds);
        PGProperty.SSL_MODE.set(
                properties,
                server.isUnixSocket() ? "disable" : server.tls().mode().spelling());
        server.tls().rootCertificate().ifPresent(file -> PGProperty.SSL_ROOT_CERT.set(properties, file));
        server.tls().certificate().ifPresent(file -> PGProperty.SSL_CERT.set(properties, file));
        server.tls().key().ifPresent(file -> PGProperty.SSL_KEY.set(properties, file));
        if (server.isUnixSocket()) {
            target().properties().forEach(properties::setProperty);
        }
        server.driver().forEach(properties::setProperty);
        return properties;
    }
}
