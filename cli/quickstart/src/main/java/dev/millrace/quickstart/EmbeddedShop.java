package dev.millrace.quickstart;

import dev.millrace.servers.PostgresServer;
import dev.millrace.servers.PostgresSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The shop in a PostgreSQL server of its own, which keeps everything in one folder: a later run finds what the earlier
 * one left, also after a crash. The server ends with this JVM.
 */
public final class EmbeddedShop implements AutoCloseable {
    /** The database's name. */
    public static final String DATABASE = "shop";

    private static final int MAJOR = 18;
    private final PostgresServer server;

    private EmbeddedShop(PostgresServer server) {
        this.server = server;
    }

    /**
     * Starts the server, and makes the shop where the folder has none yet: two to four seconds.
     *
     * @throws dev.millrace.servers.ServerException where the server does not start, also where one runs on this folder
     */
    public static EmbeddedShop open(Path folder, ShopSize size, long seed) throws SQLException {
        EmbeddedShop shop = new EmbeddedShop(
                PostgresServer.started(PostgresSettings.ofMajor(MAJOR).in(folder)));
        try {
            shop.fill(size, seed);
            return shop;
        } catch (SQLException | RuntimeException e) {
            shop.close();
            throw e;
        }
    }

    public String host() {
        return server.host();
    }

    public int port() {
        return server.port();
    }

    public String user() {
        return server.user();
    }

    /** Any is accepted: only this machine can connect. */
    public String password() {
        return server.password();
    }

    public Connection connect() throws SQLException {
        return server.connect(DATABASE);
    }

    /** A writer that goes on where an earlier one ended: the caller gives it a thread. */
    public PacedWriter writer(ShopPace pace) throws SQLException {
        try (Connection connection = connect()) {
            long seed = number(connection, "select last_value from orders_id_seq");
            return new PacedWriter(this::connect, pace, seed);
        }
    }

    /** Stops the server; the folder stays. */
    @Override
    public void close() {
        server.close();
    }

    private void fill(ShopSize size, long seed) throws SQLException {
        try (Connection connection = server.connect("postgres")) {
            if (number(connection, "select count(*) from pg_database where datname = '" + DATABASE + "'") == 0) {
                server.createDatabase(DATABASE);
            }
        }
        try (Connection connection = connect()) {
            if (!Shop.exists(connection)) {
                Shop.create(connection, size, seed);
            }
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
