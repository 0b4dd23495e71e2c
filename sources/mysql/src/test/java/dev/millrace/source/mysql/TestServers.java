package dev.millrace.source.mysql;

import dev.millrace.config.ConfigSection;
import dev.millrace.config.ConfigValue;
import dev.millrace.config.Place;
import dev.millrace.config.Secret;
import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.servers.MySqlSettings;
import dev.millrace.source.mysql.wire.ServerAddress;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.source.mysql.wire.TlsSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One server of each release for all tests of this JVM. */
public final class TestServers {
    private static final Map<MySqlRelease, MySqlServer> SERVERS = new ConcurrentHashMap<>();

    private TestServers() {}

    public static MySqlServer on(MySqlRelease release) {
        return SERVERS.computeIfAbsent(
                release,
                missing -> MySqlServer.started(MySqlSettings.of(missing).with("max-allowed-packet", "64M")));
    }

    /** The superuser's address, without TLS. */
    public static ServerAddress address(MySqlServer server) {
        return address(server, server.user(), "", TlsSettings.of(TlsSettings.Mode.DISABLED));
    }

    public static ServerAddress address(MySqlServer server, String user, String password, TlsSettings tls) {
        return new ServerAddress(server.host(), server.port(), user, new Secret(password), tls, Duration.ofSeconds(10));
    }

    public static ServerSession session(MySqlServer server) {
        return ServerSession.open(address(server));
    }

    public static void execute(MySqlServer server, String... statements) throws SQLException {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The section of a pipeline file with these keys. */
    public static ConfigSection section(Map<String, String> keys) {
        Place place = new Place("pipeline.yaml", 1, 1);
        Map<String, ConfigValue> values = new LinkedHashMap<>();
        keys.forEach((key, value) -> values.put(key, new ConfigValue(value, place, false)));
        return new ConfigSection("source", place, values);
    }

    /** The first column. */
    public static List<String> query(MySqlServer server, String sql) throws SQLException {
        return query(server, sql, 1);
    }

    /** One column, counted from 1. */
    public static List<String> query(MySqlServer server, String sql, int column) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(column));
            }
        }
        return values;
    }
}
