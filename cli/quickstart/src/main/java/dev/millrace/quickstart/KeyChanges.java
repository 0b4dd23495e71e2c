package dev.millrace.quickstart;

import dev.millrace.quickstart.ShopActivity.Outcome;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Rows that get another primary key. */
final class KeyChanges {
    private static final String RENUMBER_CUSTOMER = """
            update customers set id = nextval(pg_get_serial_sequence('customers', 'id'))
            where id = (select id from customers where id >= ? order by id limit 1)""";

    private KeyChanges() {}

    static Outcome change(ShopSession session) throws SQLException {
        return switch (session.below(3)) {
            case 0 -> renumberCustomer(session);
            case 1 -> renumberPayments(session);
            default -> swapLines(session);
        };
    }

    /** The foreign key takes the customer's orders along. */
    private static Outcome renumberCustomer(ShopSession session) throws SQLException {
        int changed = session.update(RENUMBER_CUSTOMER, session.somewhereIn("customers"));
        return changed == 0 ? Outcome.NOTHING_TO_DO : Outcome.DONE;
    }

    private static Outcome renumberPayments(ShopSession session) throws SQLException {
        Optional<LockedOrder> order = LockedOrder.some(session, "paid <> 0");
        if (order.isEmpty()) {
            return Outcome.NOTHING_TO_DO;
        }
        session.update(
                "update payments set id = nextval(pg_get_serial_sequence('payments', 'id')) where order_id = ?",
                order.get().id());
        return Outcome.DONE;
    }

    /** Two rows end up with each other's key. */
    private static Outcome swapLines(ShopSession session) throws SQLException {
        Optional<LockedOrder> order =
                LockedOrder.some(session, "(select count(*) from order_lines where order_id = orders.id) > 1");
        if (order.isEmpty()) {
            return Outcome.NOTHING_TO_DO;
        }
        List<Integer> numbers = session.query(
                "select line_no from order_lines where order_id = ? order by line_no limit 2",
                row -> row.getInt(1),
                order.get().id());
        renumberLine(session, order.get(), numbers.get(0), 0);
        renumberLine(session, order.get(), numbers.get(1), numbers.get(0));
        renumberLine(session, order.get(), 0, numbers.get(1));
        return Outcome.DONE;
    }

    private static void renumberLine(ShopSession session, LockedOrder order, int from, int to) throws SQLException {
        session.update("update order_lines set line_no = ? where order_id = ? and line_no = ?", to, order.id(), from);
    }
}
