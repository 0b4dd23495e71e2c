package dev.millrace.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.servers.PostgresServer;
import dev.millrace.servers.PostgresSettings;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ShopTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T12:00:00.123456Z"));
    private static PostgresServer server;
    private static int databases;

    @BeforeAll
    static void start() {
        server = PostgresServer.started(PostgresSettings.ofMajor(14).with("fsync", "off"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void makesTheSameRowsForTheSameSeed() throws SQLException {
        try (Connection one = shop(ShopSize.tiny(), 7);
                Connection same = shop(ShopSize.tiny(), 7);
                Connection other = shop(ShopSize.tiny(), 8)) {
            List<String> rows = Rows.everything(one);
            assertThat(rows).hasSizeGreaterThan(200).isEqualTo(Rows.everything(same));
            assertThat(Rows.everything(other)).isNotEqualTo(rows);
        }
    }

    @Test
    void makesAboutAsManyRowsAsAskedFor() throws SQLException {
        try (Connection connection = shop(ShopSize.ofRows(20_000), 1)) {
            assertThat((double) Rows.everything(connection).size()).isBetween(18_000.0, 22_000.0);
            assertThat(ShopInvariant.violations(connection)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsItsRulesInEveryKindOfTransaction(ShopActivity activity) throws SQLException {
        try (Connection connection = shop(ShopSize.ofRows(1_000), 1);
                Connection reader = server.connect(connection.getCatalog())) {
            List<String> before = Rows.everything(reader);
            ShopWriter writer = new ShopWriter(connection, 1, CLOCK);
            int done = 0;
            for (int i = 0; i < 20; i++) {
                done += writer.run(activity) ? 1 : 0;
                assertThat(ShopInvariant.violations(reader)).isEmpty();
            }
            assertThat(done).isPositive();
            if (activity == ShopActivity.ABANDONED_ORDER) {
                assertThat(Rows.everything(reader)).isEqualTo(before);
            } else {
                assertThat(Rows.everything(reader)).isNotEqualTo(before);
            }
        }
    }

    @Test
    void keepsItsRulesUnderThreeWritersAtOnce() throws Exception {
        try (Connection reader = shop(ShopSize.tiny(), 3);
                ExecutorService threads = Executors.newFixedThreadPool(3)) {
            String database = reader.getCatalog();
            List<Future<Set<ShopActivity>>> writers = new ArrayList<>();
            for (int seed = 0; seed < 3; seed++) {
                int ownSeed = seed;
                writers.add(threads.submit(() -> write(database, ownSeed, 350)));
            }
            long checks = 0;
            while (!writers.stream().allMatch(Future::isDone)) {
                assertThat(ShopInvariant.violations(reader)).isEmpty();
                checks++;
            }
            Set<ShopActivity> seen = EnumSet.noneOf(ShopActivity.class);
            for (Future<Set<ShopActivity>> writer : writers) {
                seen.addAll(writer.get());
            }
            assertThat(checks).isPositive();
            assertThat(seen).containsExactlyInAnyOrder(ShopActivity.values());
            assertThat(ShopInvariant.violations(reader)).isEmpty();
            assertThat(ShopInvariant.violations(Rows.plain(reader))).isEmpty();
        }
    }

    @Test
    void writesTheSameForTheSameSeed() throws SQLException {
        List<List<String>> ends = new ArrayList<>();
        for (long seed : new long[] {5, 5, 6}) {
            try (Connection reader = shop(ShopSize.tiny(), 1)) {
                write(reader.getCatalog(), seed, 150);
                ends.add(Rows.everything(reader));
            }
        }
        assertThat(ends.get(1)).isEqualTo(ends.get(0));
        assertThat(ends.get(2)).isNotEqualTo(ends.get(0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    update orders set total = total + 0.01 where id = (select min(order_id) from order_lines) | orders.total
                    update order_lines set quantity = quantity + 1 where order_id = (select min(order_id) from order_lines) | orders.total
                    delete from payments where id = 1          | orders.paid
                    update payments set amount = amount + 1 where id = 1 | orders.paid
                    update customers set balance = 1 + balance where id = 1 | customers.balance
                    delete from customers where id = (select min(customer_id) from orders) | orders.customer_id
                    update products set stock = stock + 1 where id = 1 | products.supplied
                    delete from products where id = (select min(product_id) from order_lines) | order_lines.product_id
                    delete from orders where id = (select min(order_id) from order_lines) | order_lines.order_id
                    delete from orders where id = (select min(order_id) from payments) | payments.order_id
                    """)
    void findsBrokenRulesBySqlAndInMemoryAlike(String breakage, String rule) throws SQLException {
        try (Connection connection = shop(ShopSize.tiny(), 2);
                Statement statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            statement.execute(breakage);

            List<Violation> bySql = ShopInvariant.violations(connection);
            assertThat(bySql).extracting(Violation::rule).contains(rule);
            assertThat(texts(ShopInvariant.violations(Rows.plain(connection))))
                    .containsExactlyInAnyOrderElementsOf(texts(bySql));
            assertThat(Rows.count(connection, "checks.violations")).isEqualTo(bySql.size());
        }
    }

    @Test
    void leavesLongDescriptionsOutOfTheLogOfOtherUpdates() throws SQLException {
        try (Connection connection = shop(ShopSize.tiny(), 1)) {
            Rows.query(connection, "select pg_create_logical_replication_slot('toast', 'test_decoding')", row -> 1);
            ShopWriter writer = new ShopWriter(connection, 1, CLOCK);
            writer.run(ShopActivity.NEW_DESCRIPTION);
            for (int i = 0; i < 30; i++) {
                writer.run(ShopActivity.PRODUCT_EDIT);
            }

            List<String> changes = Rows.query(
                    connection,
                    "select data from pg_logical_slot_get_changes('toast', null, null)",
                    row -> row.getString(1));
            connection.rollback();
            Rows.query(connection, "select pg_drop_replication_slot('toast')", row -> 1);

            assertThat(changes).anyMatch(change -> change.contains("description[text]:unchanged-toast-datum"));
            assertThat(changes).anyMatch(change -> change.contains("description[text]:'"));
        }
    }

    private static List<String> texts(List<Violation> violations) {
        return violations.stream()
                .map(v -> v.rule() + " of " + v.key() + ": " + plain(v.stored()) + " instead of " + plain(v.computed()))
                .toList();
    }

    private static String plain(@Nullable BigDecimal number) {
        return number == null ? "a row" : number.stripTrailingZeros().toPlainString();
    }

    private static Set<ShopActivity> write(String database, long seed, int transactions) throws SQLException {
        Set<ShopActivity> seen = EnumSet.noneOf(ShopActivity.class);
        try (Connection connection = server.connect(database)) {
            ShopWriter writer = new ShopWriter(connection, seed, CLOCK);
            for (int i = 0; i < transactions; i++) {
                seen.add(writer.runOneTransaction());
            }
        }
        return seen;
    }

    private static Connection shop(ShopSize size, long seed) throws SQLException {
        String database = "shop" + ++databases;
        server.createDatabase(database);
        Connection connection = server.connect(database);
        Shop.create(connection, size, seed);
        return connection;
    }
}
