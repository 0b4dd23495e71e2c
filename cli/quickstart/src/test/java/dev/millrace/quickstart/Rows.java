package dev.millrace.quickstart;

import dev.millrace.quickstart.ShopRows.Customer;
import dev.millrace.quickstart.ShopRows.Order;
import dev.millrace.quickstart.ShopRows.OrderLine;
import dev.millrace.quickstart.ShopRows.Payment;
import dev.millrace.quickstart.ShopRows.Product;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads what tests look at. */
final class Rows {
    private Rows() {}

    /** Everything in the shop, as text: one string a row. */
    static List<String> everything(Connection connection) throws SQLException {
        List<String> all = new ArrayList<>();
        for (String table : Shop.TABLES) {
            all.addAll(query(connection, "select t::text from " + table + " t order by 1", row -> row.getString(1)));
        }
        return all;
    }

    static long count(Connection connection, String from) throws SQLException {
        return query(connection, "select count(*) from " + from, row -> row.getLong(1))
                .get(0);
    }

    static ShopRows plain(Connection connection) throws SQLException {
        return new ShopRows(
                query(
                        connection,
                        "select id, balance from customers",
                        r -> new Customer(r.getLong(1), r.getBigDecimal(2))),
                query(
                        connection,
                        "select id, stock, supplied from products",
                        r -> new Product(r.getLong(1), r.getLong(2), r.getLong(3))),
                query(
                        connection,
                        "select id, customer_id, total, paid from orders",
                        r -> new Order(r.getLong(1), r.getLong(2), r.getBigDecimal(3), r.getBigDecimal(4))),
                query(
                        connection,
                        "select order_id, line_no, product_id, quantity, unit_price from order_lines",
                        r -> new OrderLine(r.getLong(1), r.getInt(2), r.getLong(3), r.getInt(4), r.getBigDecimal(5))),
                query(
                        connection,
                        "select id, order_id, amount from payments",
                        r -> new Payment(r.getLong(1), r.getLong(2), r.getBigDecimal(3))));
    }

    static <T> List<T> query(Connection connection, String sql, ShopSession.RowReader<T> reader) throws SQLException {
        List<T> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(reader.read(rows));
            }
        }
        return values;
    }
}
