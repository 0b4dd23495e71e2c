package dev.millrace.quickstart;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** An order that this transaction has locked, its customer before it. */
record LockedOrder(long id, long customerId, BigDecimal total, BigDecimal paid) {

    private static final String SETTLE = """
            update orders o set
                total = (select coalesce(sum(quantity * unit_price), 0) from order_lines where order_id = o.id),
                paid = (select coalesce(sum(amount), 0) from payments where order_id = o.id)
            where id = ? returning id, customer_id, total, paid""";

    /**
     * Some order that fulfils a condition and that no other transaction holds on to any more.
     *
     * @param condition SQL over the columns of {@code orders}
     */
    static Optional<LockedOrder> some(ShopSession session, String condition) throws SQLException {
        Optional<LockedOrder> candidate = session.first(
                "select id, customer_id, total, paid from orders where id >= ? and " + condition
                        + " order by id limit 1",
                LockedOrder::read,
                session.somewhereIn("orders"));
        if (candidate.isEmpty() || !lockCustomer(session, candidate.get().customerId())) {
            return Optional.empty();
        }
        return session.first(
                "select id, customer_id, total, paid from orders where id = ? and customer_id = ? and " + condition
                        + " for update",
                LockedOrder::read,
                candidate.get().id(),
                candidate.get().customerId());
    }

    static boolean lockCustomer(ShopSession session, long id) throws SQLException {
        return session.firstNumber("select id from customers where id = ? for update", id)
                .isPresent();
    }

    /** Makes total, paid and the customer's balance right again after a change of lines or payments. */
    void settle(ShopSession session) throws SQLException {
        LockedOrder after = session.first(SETTLE, LockedOrder::read, id).orElseThrow();
        BigDecimal difference = after.balance().subtract(balance());
        if (difference.signum() != 0) {
            session.update("update customers set balance = balance + ? where id = ?", difference, customerId);
        }
    }

    BigDecimal open() {
        return total.subtract(paid);
    }

    private BigDecimal balance() {
        return paid.subtract(total);
    }

    static LockedOrder read(ResultSet row) throws SQLException {
        return new LockedOrder(row.getLong(1), row.getLong(2), row.getBigDecimal(3), row.getBigDecimal(4));
    }
}
