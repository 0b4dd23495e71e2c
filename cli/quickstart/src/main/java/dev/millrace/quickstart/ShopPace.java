package dev.millrace.quickstart;

/** How much a {@link PacedWriter} writes, and how fast. */
public record ShopPace(int transactionsPerSecond, long transactions) {
    public ShopPace {
        if (transactionsPerSecond < 1 || transactions < 0) {
            throw new IllegalArgumentException(
                    "A pace needs at least one transaction a second, and no negative number");
        }
    }
}
