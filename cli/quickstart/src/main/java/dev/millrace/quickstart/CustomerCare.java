package dev.millrace.quickstart;

import dev.millrace.quickstart.ShopActivity.Outcome;
import java.sql.SQLException;

/** Changes to customers that touch no money. */
final class CustomerCare {
    private CustomerCare() {}

    static Outcome edit(ShopSession session) throws SQLException {
        long from = session.somewhereIn("customers");
        int changed = switch (session.below(3)) {
            case 0 -> session.update(one("address = cast(? as jsonb)"), address(session), from);
            case 1 -> session.update(one("tags = array_append(tags, ?)"), tag(session), from);
            default -> session.update(one("name = name || ?, newsletter = not newsletter"), " jr.", from);
        };
        return changed == 0 ? Outcome.NOTHING_TO_DO : Outcome.DONE;
    }

    static String address(ShopSession session) {
        return "{\"street\": \"Harbour Road %d\", \"city\": \"%s\", \"zip\": \"%05d\"}"
                .formatted(
                        1 + session.below(200),
                        session.oneOf("Bergen", "Lisboa", "Praha", "Osaka"),
                        session.below(100_000));
    }

    private static String tag(ShopSession session) {
        return session.oneOf("moved", "called", "with \"quotes\"", "comma, inside");
    }

    private static String one(String assignment) {
        return "update customers set " + assignment
                + " where id = (select id from customers where id >= ? order by id limit 1)";
    }
}
