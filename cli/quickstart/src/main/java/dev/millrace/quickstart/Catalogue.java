package dev.millrace.quickstart;

import dev.millrace.quickstart.ShopActivity.Outcome;
import java.sql.SQLException;

/** Changes to products that touch no stock. */
final class Catalogue {
    private static final int SENTENCES = 120;

    private static final String EDIT = """
            update products set
                price = greatest(1.99, round(price * cast(? as numeric), 2)),
                attributes = jsonb_set(attributes, '{rating}', to_jsonb(cast(? as integer))),
                updated_at = ?
            where id = ?""";

    private Catalogue() {}

    static Outcome edit(ShopSession session) throws SQLException {
        session.update(
                EDIT,
                session.oneOf(0.9, 0.95, 1.05, 1.1),
                session.below(6),
                session.now(),
                session.somewhereIn("products"));
        return Outcome.DONE;
    }

    /** Long enough to be kept out of line, and never twice the same. */
    static Outcome describe(ShopSession session) throws SQLException {
        String sentence = session.oneOf("Sturdy", "Light", "Timeless") + ", edition " + session.below(1_000_000) + ". ";
        session.update(
                "update products set description = ?, updated_at = ? where id = ?",
                sentence.repeat(SENTENCES),
                session.now(),
                session.somewhereIn("products"));
        return Outcome.DONE;
    }
}
