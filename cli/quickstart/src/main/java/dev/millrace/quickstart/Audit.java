package dev.millrace.quickstart;

import dev.millrace.quickstart.ShopRows.Customer;
import dev.millrace.quickstart.ShopRows.Order;
import dev.millrace.quickstart.ShopRows.OrderLine;
import dev.millrace.quickstart.ShopRows.Payment;
import dev.millrace.quickstart.ShopRows.Product;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds rows in memory against the rules of {@link ShopInvariant}. */
final class Audit {
    private final ShopRows rows;
    private final List<Violation> found = new ArrayList<>();

    Audit(ShopRows rows) {
        this.rows = rows;
    }

    List<Violation> violations() {
        money();
        stock();
        parents();
        return found;
    }

    private void money() {
        Map<Long, BigDecimal> totals = new HashMap<>();
        for (OrderLine line : rows.orderLines()) {
            add(totals, line.orderId(), line.unitPrice().multiply(BigDecimal.valueOf(line.quantity())));
        }
        Map<Long, BigDecimal> paid = new HashMap<>();
        for (Payment payment : rows.payments()) {
            add(paid, payment.orderId(), payment.amount());
        }
        Map<Long, BigDecimal> balances = new HashMap<>();
        for (Order order : rows.orders()) {
            expect("orders.total", order.id(), order.total(), sum(totals, order.id()));
            expect("orders.paid", order.id(), order.paid(), sum(paid, order.id()));
            add(balances, order.customerId(), order.paid().subtract(order.total()));
        }
        for (Customer customer : rows.customers()) {
            expect("customers.balance", customer.id(), customer.balance(), sum(balances, customer.id()));
        }
    }

    private void stock() {
        Map<Long, BigDecimal> sold = new HashMap<>();
        for (OrderLine line : rows.orderLines()) {
            add(sold, line.productId(), BigDecimal.valueOf(line.quantity()));
        }
        for (Product product : rows.products()) {
            BigDecimal computed = sum(sold, product.id()).add(BigDecimal.valueOf(product.stock()));
            expect("products.supplied", product.id(), BigDecimal.valueOf(product.supplied()), computed);
        }
    }

    private void parents() {
        Set<Long> customers = new HashSet<>();
        rows.customers().forEach(customer -> customers.add(customer.id()));
        Set<Long> products = new HashSet<>();
        rows.products().forEach(product -> products.add(product.id()));
        Set<Long> orders = new HashSet<>();
        for (Order order : rows.orders()) {
            orders.add(order.id());
            expectParent("orders.customer_id", Long.toString(order.id()), customers, order.customerId());
        }
        for (OrderLine line : rows.orderLines()) {
            String key = line.orderId() + "/" + line.lineNo();
            expectParent("order_lines.order_id", key, orders, line.orderId());
            expectParent("order_lines.product_id", key, products, line.productId());
        }
        for (Payment payment : rows.payments()) {
            expectParent("payments.order_id", Long.toString(payment.id()), orders, payment.orderId());
        }
    }

    private void expect(String rule, long key, BigDecimal stored, BigDecimal computed) {
        if (stored.compareTo(computed) != 0) {
            found.add(new Violation(rule, Long.toString(key), stored, computed));
        }
    }

    private void expectParent(String rule, String key, Set<Long> parents, long parent) {
        if (!parents.contains(parent)) {
            found.add(new Violation(rule, key, BigDecimal.valueOf(parent), null));
        }
    }

    private static void add(Map<Long, BigDecimal> sums, long key, BigDecimal amount) {
        sums.merge(key, amount, BigDecimal::add);
    }

    private static BigDecimal sum(Map<Long, BigDecimal> sums, long key) {
        return sums.getOrDefault(key, BigDecimal.ZERO);
    }
}
