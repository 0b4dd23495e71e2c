package dev.millrace.quickstart;

import java.sql.SQLException;
import java.util.random.RandomGenerator;

/** What one transaction of a {@link ShopWriter} does. */
public enum ShopActivity {
    /** A new order with its lines, fewer pieces in stock, often with a payment, now and then by a new customer. */
    NEW_ORDER(40, OrderIntake::newOrder),
    /** The same, rolled back at the end: nobody may ever see it. */
    ABANDONED_ORDER(2, OrderIntake::abandonedOrder),
    /** A payment, in part or in full. */
    PAYMENT(16, OrderCare::pay),
    /** A paid order is shipped, a shipped one delivered. */
    STATUS_CHANGE(14, OrderCare::advance),
    /** A line gets another quantity or a lower price, or is deleted. */
    CORRECTION(7, OrderCare::correct),
    /** All lines are deleted, the pieces go back into stock and the money to the customer. */
    CANCELLATION(5, OrderCare::cancel),
    /** A cancelled order is deleted with its payments. */
    PURGE(2, OrderCare::purge),
    /** A customer moves, gets tags, or has another name. */
    CUSTOMER_EDIT(6, CustomerCare::edit),
    /** A product has another price and rating; its description stays unchanged out of line. */
    PRODUCT_EDIT(4, Catalogue::edit),
    /** A product gets a new description of some kilobytes. */
    NEW_DESCRIPTION(1, Catalogue::describe),
    /** A row gets another primary key: a customer with all orders, a payment, or two order lines that swap theirs. */
    KEY_CHANGE(3, KeyChanges::change);

    private static final int ALL_WEIGHTS = allWeights();

    private final int weight;

    @SuppressWarnings("ImmutableEnumChecker") // a script keeps nothing
    private final Script script;

    ShopActivity(int weight, Script script) {
        this.weight = weight;
        this.script = script;
    }

    static ShopActivity random(RandomGenerator random) {
        int ticket = random.nextInt(ALL_WEIGHTS);
        for (ShopActivity activity : values()) {
            ticket -= activity.weight;
            if (ticket < 0) {
                return activity;
            }
        }
        throw new AssertionError("weights do not add up");
    }

    Outcome perform(ShopSession session) throws SQLException {
        return script.perform(session);
    }

    private static int allWeights() {
        int sum = 0;
        for (ShopActivity activity : values()) {
            sum += activity.weight;
        }
        return sum;
    }

    /** What an activity leaves behind in its transaction. */
    enum Outcome {
        DONE,
        /** To be rolled back: that is what the activity is about. */
        ABANDONED,
        /** The shop has no row at the moment that fits. */
        NOTHING_TO_DO
    }

    /**
     * The statements of one activity. To keep several writers from waiting for each other in a circle, each locks in
     * this order: customer, order, products by their number.
     */
    @FunctionalInterface
    interface Script {
        Outcome perform(ShopSession session) throws SQLException;
    }
}
