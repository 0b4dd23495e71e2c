package dev.millrace.source.postgres;

import dev.millrace.config.ConfigSection;
import dev.millrace.config.ConfigValue;
import dev.millrace.config.Place;
import dev.millrace.servers.PostgresServer;
import dev.millrace.servers.PostgresSettings;
import dev.millrace.source.postgres.connection.ServerAddress;
import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.connection.TlsSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own on a server that all tests of this JVM share. */
public final class TestDatabase implements AutoCloseable {
    private static final Map<Integer, PostgresServer> SERVERS = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final PostgresServer server;
    private final String name;
    private final Connection connection;

    private TestDatabase(PostgresServer server, String name, Connection connection) {
        this.server = server;
        this.name = name;
        this.connection = connection;
    }

    public static TestDatabase on(int major) throws SQLException {
        PostgresServer server = SERVERS.computeIfAbsent(
                major,
                version ->
                        PostgresServer.started(PostgresSettings.ofMajor(version).with("fsync", "off")));
        return on(server);
    }

    /** A database on a server of the test's own. */
    public static TestDatabase on(PostgresServer server) throws SQLException {
        String name = "test" + COUNT.incrementAndGet();
        server.createDatabase(name);
        return new TestDatabase(server, name, server.connect(name));
    }

    /** One that was made before the server was started again. */
    public static TestDatabase again(PostgresServer server, String name) throws SQLException {
        return new TestDatabase(server, name, server.connect(name));
    }

    public PostgresServer server() {
        return server;
    }

    public String name() {
        return name;
    }

    public Connection connection() {
        return connection;
    }

    public void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column. */
    public List<String> query(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    /** Waits until the server has noticed the end of every session that read from a slot. */
    public void awaitFreeSlots() throws SQLException {
        while (!query("select 1 from pg_replication_slots where active and database = current_database()")
                .isEmpty()) {}
    }

    public Sessions sessions() {
        return new Sessions(
                new ServerAddress(
                        server.host(),
                        server.port(),
                        name,
                        server.user(),
                        Optional.empty(),
                        TlsSettings.of(TlsSettings.Mode.DISABLE),
                        Duration.ofSeconds(10),
                        Map.of()),
                "test");
    }

    /** The section of a pipeline file that reads these tables of the schema {@code public}; more keys and values may follow. */
    public ConfigSection section(String tables, String... more) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("hostname", server.host());
        keys.put("port", Integer.toString(server.port()));
        keys.put("username", server.user());
        keys.put("password", "unused");
        keys.put("tables", name + ".public." + tables);
        for (int i = 0; i < more.length; i += 2) {
            keys.put(more[i], more[i + 1]);
        }
        return section(keys);
    }

    public static ConfigSection section(Map<String, String> keys) {
        Place place = new Place("pipeline.yaml", 1, 1);
        Map<String, ConfigValue> values = new LinkedHashMap<>();
        keys.forEach((key, value) -> values.put(key, new ConfigValue(value, place, false)));
        return new ConfigSection("source", place, values);
    }

    @Override
    public void close() throws SQLException {
        execute("select pg_terminate_backend(active_pid) from pg_replication_slots where database = '" + name
                + "' and active");
        for (int attempt = 0;
                !query("select 1 from pg_replication_slots where database = '" + name + "'")
                        .isEmpty();
                attempt++) {
            dropSlots(attempt);
        }
        connection.close();
        try (Connection other = server.connect("postgres");
                Statement statement = other.createStatement()) {
            statement.execute("drop database " + name + " with (force)");
        }
    }

    /** A session that was just ended may hold its slot for a moment longer. */
    private void dropSlots(int attempt) throws SQLException {
        try {
            execute("select pg_drop_replication_slot(slot_name) from pg_replication_slots where database = '" + name
                    + "'");
        } catch (SQLException e) {
            if (attempt > 1000) {
                throw e;
            }
        }
    }
}
