package dev.millrace.quickstart;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The shop's tables and first rows, in the schema {@code public} of a PostgreSQL database. */
public final class Shop {
    /** Parents before their children. */
    public static final List<String> TABLES = List.of("customers", "products", "orders", "order_lines", "payments");

    private Shop() {}

    /**
     * Makes tables, rows, keys and the view {@code checks.violations} of {@link ShopInvariant}, in one transaction. The
     * same seed and size make the same rows.
     *
     * @param connection in auto-commit mode
     */
    public static void create(Connection connection, ShopSize size, long seed) throws SQLException {
        connection.setAutoCommit(false);
        try {
            set(connection, "shop.seed", seed);
            set(connection, "shop.customers", size.customers());
            set(connection, "shop.products", size.products());
            set(connection, "shop.orders", size.orders());
            execute(connection, Script.named("tables.sql"));
            execute(connection, Script.named("rows.sql"));
            execute(connection, Script.named("constraints.sql"));
            execute(connection, "create schema checks");
            execute(connection, "create view checks.violations as " + ShopInvariant.sql(table -> "public." + table));
            execute(connection, "analyze " + String.join(", ", TABLES));
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Whether {@link #create} has done its work in this database. */
    public static boolean exists(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select to_regclass('checks.violations') is not null")) {
            return found.next() && found.getBoolean(1);
        }
    }

    /** For this transaction only. */
    private static void set(Connection connection, String setting, long value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select set_config(?, ?, true)")) {
            statement.setString(1, setting);
            statement.setString(2, Long.toString(value));
            statement.execute();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
