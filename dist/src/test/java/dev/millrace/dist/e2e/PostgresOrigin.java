package dev.millrace.dist.e2e;

import dev.millrace.servers.PostgresServer;
import dev.millrace.servers.PostgresSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PostgreSQL. */
record PostgresOrigin(PostgresServer server) implements Origin {
    private static final String SCHEMA = "public";

    static PostgresOrigin started(int major) {
        PostgresServer server = PostgresServer.started(PostgresSettings.ofMajor(major)
                .with("wal_sender_timeout", "5s")
                .with("logical_decoding_work_mem", "64kB")
                .with("fsync", "off"));
        server.createDatabase(DATABASE);
        return new PostgresOrigin(server);
    }

    @Override
    public Connection connect() throws SQLException {
        return server.connect(DATABASE);
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public String section(int port) {
        return """
                  type: postgres
                  hostname: 127.0.0.1
                  port: %d
                  username: postgres
                  password: none
                  tables: shop.public.\\.*
                """.formatted(port);
    }

    @Override
    public String namespace() {
        return SCHEMA;
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRES;
    }

    @Override
    public List<String> tables(Connection connection) throws SQLException {
        return new SourceReader(connection).tables(SCHEMA);
    }

    @Override
    public List<Map<String, @Nullable String>> rows(Connection connection, String table) throws SQLException {
        return new SourceReader(connection).rows(SCHEMA, table);
    }

    @Override
    public void kill9() {
        server.kill9();
    }

    @Override
    public void start() {
        server.start();
    }

    @Override
    public void endReaders() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(active_pid) from pg_replication_slots where active");
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
