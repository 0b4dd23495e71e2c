package dev.millrace.quickstart;

/** How many rows a new shop has. An order comes with 2.4 lines and about one payment. */
public record ShopSize(long customers, long products, long orders) {
    private static final double ROWS_AN_ORDER = 4.6;

    public ShopSize {
        if (customers < 1 || products < 1 || orders < 1) {
            throw new IllegalArgumentException("A shop needs a customer, a product and an order at least");
        }
    }

    /** Some 250 rows: enough for every kind of transaction. */
    public static ShopSize tiny() {
        return new ShopSize(20, 10, 50);
    }

    /** About so many rows over all tables. */
    public static ShopSize ofRows(long rows) {
        long orders = Math.max(1, Math.round(rows / ROWS_AN_ORDER));
        return new ShopSize(Math.max(1, orders / 4), Math.max(1, orders / 16), orders);
    }
}
