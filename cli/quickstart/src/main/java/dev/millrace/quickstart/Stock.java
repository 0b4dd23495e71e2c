package dev.millrace.quickstart;

import java.math.BigDecimal;
import java.sql.SQLException;

/** Pieces out of stock and back. Callers go through products by their number. */
final class Stock {
    /** So many pieces arrive when there are too few. */
    private static final int DELIVERY = 500;

    private static final String TAKE = """
            update products set
                supplied = supplied + case when stock < ? then ? else 0 end,
                stock = stock - ? + case when stock < ? then ? else 0 end
            where id = ? returning price""";

    private Stock() {}

    /** Takes pieces of a product, and tells its price. */
    static BigDecimal take(ShopSession session, long product, int pieces) throws SQLException {
        return session.first(TAKE, row -> row.getBigDecimal(1), pieces, DELIVERY, pieces, pieces, DELIVERY, product)
                .orElseThrow();
    }

    static void putBack(ShopSession session, long product, long pieces) throws SQLException {
        session.update("update products set stock = stock + ? where id = ?", pieces, product);
    }
}
