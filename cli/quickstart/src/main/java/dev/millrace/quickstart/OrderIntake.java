package dev.millrace.quickstart;

import dev.millrace.quickstart.ShopActivity.Outcome;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Orders come in. */
final class OrderIntake {
    private static final int MOST_LINES = 4;
    private static final int MOST_PIECES = 5;

    private static final String NEW_CUSTOMER = """
            insert into customers (public_id, name, email, address, newsletter, balance, created_at)
            values (?, ?, ?, cast(? as jsonb), ?, 0, ?) returning id""";

    private static final String NEW_ORDER = """
            insert into orders (public_id, customer_id, status, total, paid, note, placed_at)
            values (?, ?, 'new', 0, 0, ?, ?) returning id""";

    private static final String NEW_LINE = """
            insert into order_lines (order_id, line_no, product_id, quantity, unit_price, gift)
            values (?, ?, ?, ?, ?, ?)""";

    private OrderIntake() {}

    static Outcome newOrder(ShopSession session) throws SQLException {
        Optional<Long> customer = session.oneIn(10) ? Optional.of(newCustomer(session)) : lockedCustomer(session);
        if (customer.isEmpty()) {
            return Outcome.NOTHING_TO_DO;
        }
        LockedOrder order = emptyOrder(session, customer.get());
        int lineNo = 1;
        for (long product : products(session)) {
            addLine(session, order.id(), lineNo++, product);
        }
        if (session.oneIn(8)) {
            changeOfMind(session, order.id());
        }
        order.settle(session);
        if (session.oneIn(2)) {
            payInFull(session, order.id());
        }
        return Outcome.DONE;
    }

    static Outcome abandonedOrder(ShopSession session) throws SQLException {
        return newOrder(session) == Outcome.DONE ? Outcome.ABANDONED : Outcome.NOTHING_TO_DO;
    }

    private static Optional<Long> lockedCustomer(ShopSession session) throws SQLException {
        return session.firstNumber(
                "select id from customers where id >= ? order by id limit 1 for update",
                session.somewhereIn("customers"));
    }

    private static long newCustomer(ShopSession session) throws SQLException {
        String name = session.oneOf("Noor", "Øyvind", "Paula", "Quentin", "Ruža") + " "
                + session.oneOf("Ueda", "Vermeer", "Weiß", "Xu", "Yılmaz");
        return session.firstNumber(
                        NEW_CUSTOMER,
                        session.uuid(),
                        name,
                        "new" + session.below(1_000_000) + "@example.com",
                        CustomerCare.address(session),
                        session.oneIn(3),
                        session.now())
                .orElseThrow();
    }

    private static LockedOrder emptyOrder(ShopSession session, long customer) throws SQLException {
        long id = session.firstNumber(
                        NEW_ORDER,
                        session.uuid(),
                        customer,
                        session.oneIn(6) ? "As a gift, please 🎀" : null,
                        session.now())
                .orElseThrow();
        return new LockedOrder(id, customer, BigDecimal.ZERO, BigDecimal.ZERO);
    }

    /** In the order in which they are locked. */
    private static Set<Long> products(ShopSession session) throws SQLException {
        Set<Long> chosen = new TreeSet<>();
        int lines = 1 + session.below(MOST_LINES);
        for (int i = 0; i < lines; i++) {
            chosen.add(session.somewhereIn("products"));
        }
        return chosen;
    }

    private static void addLine(ShopSession session, long order, int lineNo, long product) throws SQLException {
        int pieces = 1 + session.below(MOST_PIECES);
        BigDecimal price = Stock.take(session, product, pieces);
        session.update(NEW_LINE, order, lineNo, product, pieces, price, session.oneIn(20));
    }

    /** A subtransaction that is rolled back while its transaction goes on. */
    private static void changeOfMind(ShopSession session, long order) throws SQLException {
        Savepoint before = session.connection().setSavepoint();
        session.update("update orders set note = 'Never mind' where id = ?", order);
        session.update("delete from order_lines where order_id = ?", order);
        session.connection().rollback(before);
    }

    private static void payInFull(ShopSession session, long id) throws SQLException {
        LockedOrder order = session.first(
                        "select id, customer_id, total, paid from orders where id = ?", LockedOrder::read, id)
                .orElseThrow();
        OrderCare.receive(session, order, order.total());
        session.update("update orders set status = 'paid' where id = ?", id);
        order.settle(session);
    }
}
