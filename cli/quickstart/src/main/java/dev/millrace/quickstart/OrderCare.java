package dev.millrace.quickstart;

import dev.millrace.quickstart.ShopActivity.Outcome;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** What happens to orders after they came in. */
final class OrderCare {
    private static final BigDecimal THREE = BigDecimal.valueOf(3);

    private static final String NEXT_STATUS = """
            update orders set
                status = cast(case status when 'paid' then 'shipped' else 'delivered' end as order_status),
                shipped_on = coalesce(shipped_on, ?)
            where id = ?""";

    private static final String NEW_PAYMENT = """
            insert into payments (order_id, amount, method, reference, details, paid_at)
            values (?, ?, ?, ?, cast(? as jsonb), ?)""";

    private OrderCare() {}

    static Outcome pay(ShopSession session) throws SQLException {
        Optional<LockedOrder> found = LockedOrder.some(session, "status = 'new' and total > paid");
        if (found.isEmpty()) {
            return Outcome.NOTHING_TO_DO;
        }
        LockedOrder order = found.get();
        BigDecimal part = order.open().divide(THREE, 2, RoundingMode.UP);
        if (session.oneIn(3) && part.compareTo(order.open()) < 0) {
            receive(session, order, part);
        } else {
            receive(session, order, order.open());
            session.update("update orders set status = 'paid' where id = ?", order.id());
        }
        order.settle(session);
        return Outcome.DONE;
    }

    static Outcome advance(ShopSession session) throws SQLException {
        Optional<LockedOrder> found = LockedOrder.some(session, "status in ('paid', 'shipped')");
        if (found.isEmpty()) {
            return Outcome.NOTHING_TO_DO;
        }
        session.update(
                NEXT_STATUS,
                session.now().withOffsetSameInstant(ZoneOffset.UTC).toLocalDate(),
                found.get().id());
        return Outcome.DONE;
    }

    static Outcome correct(ShopSession session) throws SQLException {
        Optional<LockedOrder> found = LockedOrder.some(session, "status = 'new' and total > 0");
        if (found.isEmpty()) {
            return Outcome.NOTHING_TO_DO;
        }
        LockedOrder order = found.get();
        List<Line> lines = session.query(
                "select line_no, product_id, quantity from order_lines where order_id = ? order by line_no",
                Line::read,
                order.id());
        correct(session, order, lines.get(session.below(lines.size())), lines.size() > 1);
        order.settle(session);
        return Outcome.DONE;
    }

    static Outcome cancel(ShopSession session) throws SQLException {
        Optional<LockedOrder> found = LockedOrder.some(session, "status in ('new', 'paid')");
        if (found.isEmpty()) {
            return Outcome.NOTHING_TO_DO;
        }
        LockedOrder order = found.get();
        List<Line> lines = session.query(
                "select line_no, product_id, quantity from order_lines where order_id = ? order by product_id",
                Line::read,
                order.id());
        for (Line line : lines) {
            Stock.putBack(session, line.product(), line.pieces());
        }
        session.update("delete from order_lines where order_id = ?", order.id());
        if (order.paid().signum() != 0) {
            receive(session, order, order.paid().negate());
        }
        session.update("update orders set status = 'cancelled' where id = ?", order.id());
        order.settle(session);
        return Outcome.DONE;
    }

    static Outcome purge(ShopSession session) throws SQLException {
        Optional<LockedOrder> found = LockedOrder.some(session, "status = 'cancelled'");
        if (found.isEmpty()) {
            return Outcome.NOTHING_TO_DO;
        }
        session.update("delete from payments where order_id = ?", found.get().id());
        session.update("delete from orders where id = ?", found.get().id());
        return Outcome.DONE;
    }

    /** Money comes in, or goes back where the amount is negative; {@link LockedOrder#settle} has to follow. */
    static void receive(ShopSession session, LockedOrder order, BigDecimal amount) throws SQLException {
        session.update(
                NEW_PAYMENT,
                order.id(),
                amount,
                session.oneOf("card", "transfer", "cash"),
                session.uuid(),
                session.oneIn(3) ? "{\"card\": \"visa\", \"ends\": \"%04d\"}".formatted(session.below(10_000)) : null,
                session.now());
    }

    private static void correct(ShopSession session, LockedOrder order, Line line, boolean mayDelete)
            throws SQLException {
        if (mayDelete && session.oneIn(4)) {
            Stock.putBack(session, line.product(), line.pieces());
            session.update("delete from order_lines where order_id = ? and line_no = ?", order.id(), line.number());
        } else if (session.oneIn(2)) {
            session.update(
                    "update order_lines set unit_price = round(unit_price * 0.9, 2) where order_id = ? and line_no = ?",
                    order.id(),
                    line.number());
        } else {
            int more = 1 + session.below(3);
            Stock.take(session, line.product(), more);
            session.update(
                    "update order_lines set quantity = quantity + ? where order_id = ? and line_no = ?",
                    more,
                    order.id(),
                    line.number());
        }
    }

    private record Line(int number, long product, int pieces) {
        static Line read(ResultSet row) throws SQLException {
            return new Line(row.getInt(1), row.getLong(2), row.getInt(3));
        }
    }
}
