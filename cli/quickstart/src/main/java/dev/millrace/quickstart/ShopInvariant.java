package dev.millrace.quickstart;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What is true of the shop at every commit, across its tables: each order's total is the sum of its lines, what is paid is the
 * sum of its payments, a customer's balance is paid minus total over the customer's orders, each product's pieces are in
 * stock or in a line, and every row's parents are there. A reader that sees half a transaction sees one of these broken.
 */
public final class ShopInvariant {
    private static final String SQL = """
            select 'orders.total' as rule, cast(o.id as varchar(40)) as row_key, o.total as stored, coalesce(l.amount, 0) as computed
            from {orders} o
            left join (select order_id, sum(quantity * unit_price) as amount from {order_lines} group by order_id) l on l.order_id = o.id
            where o.total <> coalesce(l.amount, 0)
            union all
            select 'orders.paid', cast(o.id as varchar(40)), o.paid, coalesce(p.amount, 0)
            from {orders} o
            left join (select order_id, sum(amount) as amount from {payments} group by order_id) p on p.order_id = o.id
            where o.paid <> coalesce(p.amount, 0)
            union all
            select 'customers.balance', cast(c.id as varchar(40)), c.balance, coalesce(o.amount, 0)
            from {customers} c
            left join (select customer_id, sum(paid - total) as amount from {orders} group by customer_id) o on o.customer_id = c.id
            where c.balance <> coalesce(o.amount, 0)
            union all
            select 'products.supplied', cast(p.id as varchar(40)), p.supplied, p.stock + coalesce(l.sold, 0)
            from {products} p
            left join (select product_id, sum(quantity) as sold from {order_lines} group by product_id) l on l.product_id = p.id
            where p.supplied <> p.stock + coalesce(l.sold, 0)
            union all
            select 'orders.customer_id', cast(o.id as varchar(40)), o.customer_id, c.id
            from {orders} o left join {customers} c on c.id = o.customer_id where c.id is null
            union all
            select 'order_lines.order_id', cast(l.order_id as varchar(20)) || '/' || cast(l.line_no as varchar(20)), l.order_id, o.id
            from {order_lines} l left join {orders} o on o.id = l.order_id where o.id is null
            union all
            select 'order_lines.product_id', cast(l.order_id as varchar(20)) || '/' || cast(l.line_no as varchar(20)), l.product_id, p.id
            from {order_lines} l left join {products} p on p.id = l.product_id where p.id is null
            union all
            select 'payments.order_id', cast(p.id as varchar(40)), p.order_id, o.id
            from {payments} p left join {orders} o on o.id = p.order_id where o.id is null
            """;

    private ShopInvariant() {}

    /**
     * A query whose rows are the {@linkplain Violation violations}; none where all is well. Standard SQL, so that any engine
     * which reads a copy of the tables can run it.
     *
     * @param relation gives a table's name, or an expression that reads it, in the reader's SQL
     */
    public static String sql(UnaryOperator<String> relation) {
        String sql = SQL;
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
