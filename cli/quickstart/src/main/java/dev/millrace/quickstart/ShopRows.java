package dev.millrace.quickstart;

import java.math.BigDecimal;
import java.util.List;

/**
 * A copy of the shop's tables as plain rows, with the columns that {@link ShopInvariant} is about: for readers without
 * SQL.
 */
public record ShopRows(
        List<Customer> customers,
        List<Product> products,
        List<Order> orders,
        List<OrderLine> orderLines,
        List<Payment> payments) {

    public record Customer(long id, BigDecimal balance) {}

    public record Product(long id, long stock, long supplied) {}

    public record Order(long id, long customerId, BigDecimal total, BigDecimal paid) {}

    public record OrderLine(long orderId, int lineNo, long productId, int quantity, BigDecimal unitPrice) {}

    public record Payment(long id, long orderId, BigDecimal amount) {}
}
