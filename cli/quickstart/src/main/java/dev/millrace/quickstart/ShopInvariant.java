package dev.millrace.quickstart;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What is true of the shop at every commit, across its tables: each order's total is the sum of its lines, what is paid
 * is the sum of its payments, a customer's balance is paid minus total over the customer's orders, each product's
 * pieces are in stock or in a line, and every row's parents are there. A reader that sees half a transaction sees one
 * of these broken.
 */
public final class ShopInvariant {
    private ShopInvariant() {}

    /**
     * A query whose rows are the {@linkplain Violation violations}; none where all is well. Standard SQL, so that any
     * engine which reads a copy of the tables can run it.
     *
     * @param relation gives a table's name, or an expression that reads it, in the reader's SQL
     */
    public static String sql(UnaryOperator<String> relation) {
        String sql = Script.named("invariant.sql");
        for (String table : Shop.TABLES) {
            sql = sql.replace("{" + table + "}", relation.apply(table));
        }
        return sql;
    }

    /** The violations in a database that holds the tables under their own names; empty where all is well. */
    public static List<Violation> violations(Connection connection) throws SQLException {
        List<Violation> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql(UnaryOperator.identity()))) {
            while (rows.next()) {
                found.add(new Violation(
                        rows.getString(1), rows.getString(2), rows.getBigDecimal(3), rows.getBigDecimal(4)));
            }
        }
        return found;
    }

    /** The same over rows in memory. */
    public static List<Violation> violations(ShopRows rows) {
        return new Audit(rows).violations();
    }
}
