package dev.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Tables that a shop does not have, and transactions that it does not run: keys that change, tables that are emptied and filled
 * again, values too large for their row, partitions, rows without a key, transactions that do not fit into memory, and much that
 * is taken back. Whatever state of them is seen, {@link #assertHolds} holds.
 */
final class RoughTrade implements ShopFixture.Trade {
    private static final int MEMBERS = 40;
    private static final int MOVERS = 12_000;
    private static final int ACCOUNTS = 30;
    private static final int DOCUMENTS = 12;
    /** Some 8 MB of changes: a transaction keeps 4 MB in memory, the rest goes to disk. */
    private static final int BULK = 20_000;

    private static final List<String> TABLES = List.of(
            "create table members (id bigint primary key, serial int not null, note varchar(100))",
            "create table movers (id bigint primary key, serial int not null, pad varchar(1000) not null)",
            "create table documents (id bigint primary key, touched int not null, digest varchar(100) not null, body text not null)",
            "create table batch (id bigint primary key, generation bigint not null, of_rows int not null)",
            "create table events (account int not null, delta numeric(12, 2) not null)",
            "create table accounts (id int not null, region int not null, balance numeric(12, 2) not null,"
                    + " primary key (region, id)) partition by list (region)",
            "create table bulk (id bigint primary key, run bigint not null, pad varchar(1000) not null)");

    private final Connection connection;
    private final Dialect dialect;
    private final SplittableRandom random;

    RoughTrade(Connection connection, long seed, Dialect dialect) throws SQLException {
        this.connection = connection;
        this.dialect = dialect;
        for (String sql : dialect.session()) {
            execute(sql);
        }
        this.random = new SplittableRandom(seed);
        connection.setAutoCommit(false);
    }

    static void create(Connection connection, Dialect dialect) throws SQLException {
        List<String> all = new ArrayList<>(dialect.session());
        TABLES.forEach(table -> all.add(table.endsWith("(region)") ? table + dialect.partitions() : table));
        all.addAll(dialect.afterCreation());
        all.addAll(rows(dialect));
        try (Statement statement = connection.createStatement()) {
            for (String sql : all) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> rows(Dialect dialect) {
        return List.of(
                "insert into members select n, n, 'first' from " + dialect.numbers(MEMBERS),
                // Half of them in the lower half of the keys, half in the upper one.
                "insert into movers select n + case when n % 2 = 0 then 0 else " + MOVERS + " end, n, repeat('z', 500)"
                        + " from " + dialect.numbers(MOVERS),
                "insert into documents select n, 0, md5(repeat(concat(n, ''), 9000)), repeat(concat(n, ''), 9000) from "
                        + dialect.numbers(DOCUMENTS),
                "insert into batch values (1, 0, 1)",
                "insert into accounts select n, n % 2, 0 from " + dialect.numbers(ACCOUNTS),
                "insert into bulk select n, 0, repeat('x', 300) from " + dialect.numbers(BULK));
    }

    @Override
    public void runOneTransaction() throws SQLException {
        int dice = random.nextInt(400);
        if (dice < 40) {
            changeKeys();
        } else if (dice < 100) {
            moveToAnotherChunk();
        } else if (dice < 160) {
            deleteAndInsertAgain();
        } else if (dice < 240) {
            touchDocument();
        } else if (dice < 260) {
            rewriteDocument();
        } else if (dice < 261) {
            emptyAndFill();
        } else if (dice < 340) {
            book();
        } else if (dice < 370) {
            bookAndTakeSomeBack();
        } else if (dice < 399) {
            takeAllBack();
        } else {
            replaceBulk();
        }
    }

    /** One member's key, or all of them at once. */
    private void changeKeys() throws SQLException {
        String whose = random.nextInt(10) == 0 ? "true" : "serial = " + (1 + random.nextInt(MEMBERS));
        execute("update members set id = case when id > 1000000 then serial else id + 1000 end, note = 'moved' where "
                + whose);
        connection.commit();
    }

    /** From one half of the keys to the other, some rows at once. */
    private void moveToAnotherChunk() throws SQLException {
        int first = 1 + random.nextInt(MOVERS);
        int last = first + random.nextInt(20);
        execute("update movers set id = case when id > " + MOVERS + " then id - " + MOVERS + " else id + " + MOVERS
                + " end where id between " + first + " and " + last + " or id between " + (first + MOVERS) + " and "
                + (last + MOVERS));
        connection.commit();
    }

    private void deleteAndInsertAgain() throws SQLException {
        int serial = 1 + random.nextInt(MEMBERS);
        for (String sql : dialect.replaceMember(serial)) {
            execute(sql);
        }
        connection.commit();
    }

    private void touchDocument() throws SQLException {
        execute("update documents set touched = touched + 1 where id = " + document());
        connection.commit();
    }

    private void rewriteDocument() throws SQLException {
        String body = "repeat('" + Long.toHexString(random.nextLong()) + "', " + random.nextInt(1, 4000) + ")";
        execute("update documents set body = " + body + ", digest = md5(" + body + ") where id = " + document());
        connection.commit();
    }

    private void emptyAndFill() throws SQLException {
        int rows = random.nextInt(1, 50);
        execute(dialect.empty("batch"));
        execute("insert into batch select n, " + random.nextLong(1L << 40) + ", " + rows + " from "
                + dialect.numbers(rows));
        connection.commit();
    }

    private void book() throws SQLException {
        bookOnce();
        connection.commit();
    }

    private void bookAndTakeSomeBack() throws SQLException {
        bookOnce();
        Savepoint before = connection.setSavepoint();
        bookOnce();
        execute("insert into events select 1, 1 from " + dialect.numbers(50));
        execute("update members set serial = -serial");
        connection.rollback(before);
        bookOnce();
        connection.commit();
    }

    private void takeAllBack() throws SQLException {
        execute("insert into events values (1, 1000000)");
        if (random.nextInt(30) == 0) {
            execute(dialect.empty("batch"));
        }
        execute("delete from members where serial = " + (1 + random.nextInt(MEMBERS)));
        execute("update documents set digest = 'never', body = 'seen' where id = " + document());
        connection.rollback();
    }

    private void bookOnce() throws SQLException {
        int account = 1 + random.nextInt(ACCOUNTS);
        BigDecimal delta = BigDecimal.valueOf(random.nextLong(-9999, 9999), 2);
        execute("insert into events values (" + account + ", " + delta + ")");
        execute("update accounts set balance = balance + " + delta + " where id = " + account + " and region = "
                + account % 2);
    }

    private void replaceBulk() throws SQLException {
        long run = random.nextLong(1L << 40);
        if (random.nextBoolean()) {
            execute("update bulk set run = " + run);
        } else {
            execute("delete from bulk");
            execute("insert into bulk select n, " + run + ", repeat('y', 300) from " + dialect.numbers(BULK));
        }
        Savepoint before = connection.setSavepoint();
        execute("update bulk set run = -1, pad = 'taken back' where id % 5 = 0");
        connection.rollback(before);
        connection.commit();
    }

    private int document() {
        return 1 + random.nextInt(DOCUMENTS);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Each transaction leaves these rules as it found them: a state that breaks one holds a part of some transaction. */
    static void assertHolds(SinkState.Rows sink) throws Exception {
        assertThat(sink.of("members").stream().map(row -> whole(row, "serial")))
                .as("members")
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, MEMBERS).boxed().toList());
        assertThat(sink.of("members")).allMatch(row -> whole(row, "id") % 1000 == whole(row, "serial"));
        assertThat(sink.of("movers").stream().map(row -> whole(row, "serial")))
                .as("movers")
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, MOVERS).boxed().toList());
        assertThat(sink.of("movers")).allMatch(row -> (whole(row, "id") - whole(row, "serial")) % MOVERS == 0);
        assertThat(sink.of("documents"))
                .as("documents")
                .hasSize(DOCUMENTS)
                .allMatch(row -> cell(row, "digest").equals(md5(cell(row, "body"))));
        List<Map<String, @Nullable String>> batch = sink.of("batch");
        assertThat(batch).as("batch").isNotEmpty();
        assertThat(batch.stream().map(row -> cell(row, "generation")).distinct())
                .hasSize(1);
        assertThat(batch).hasSize((int) whole(batch.getFirst(), "of_rows"));
        assertThat(sum(sink.of("accounts"), "balance")).as("accounts").isEqualTo(sum(sink.of("events"), "delta"));
        List<Map<String, @Nullable String>> bulk = sink.of("bulk");
        assertThat(bulk).as("bulk").hasSize(BULK);
        assertThat(bulk.stream().map(row -> cell(row, "run")).distinct()).hasSize(1);
    }

    private static BigDecimal sum(List<Map<String, @Nullable String>> rows, String column) {
        return rows.stream()
                .map(row -> new BigDecimal(cell(row, column)))
                .reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
    }

    private static long whole(Map<String, @Nullable String> row, String column) {
        return Long.parseLong(cell(row, column));
    }

    private static String cell(Map<String, @Nullable String> row, String column) {
        return Objects.requireNonNull(row.get(column));
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
