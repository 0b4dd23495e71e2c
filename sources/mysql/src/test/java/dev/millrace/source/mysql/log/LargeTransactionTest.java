package dev.millrace.source.mysql.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.source.mysql.TestServers;
import dev.millrace.spi.PollRequest.Purpose;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LargeTransactionTest {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int BATCH_BYTES = 1 << 20;
    private final String database = "large" + COUNT.incrementAndGet();

    /** @param factors whose product is the number of rows, each at most 2,048 */
    private static List<String> oneTransaction(String database, int[] factors, String... before) {
        List<String> statements = new ArrayList<>(List.of(before));
        statements.add("use " + database);
        statements.add(
                "insert into t (n, s) select x.i, repeat('x', 20) from numbers.n as x, numbers.n as y where x.i < "
                        + factors[0] + " and y.i < " + factors[1]);
        return statements;
    }

    private MySqlServer prepared(MySqlRelease release) throws SQLException {
        MySqlServer server = TestServers.on(release);
        TestServers.execute(
                server,
                "create database " + database,
                "create table " + database + ".t (id int primary key auto_increment, n int, s varchar(40))",
                "create database if not exists numbers",
                "create or replace view numbers.d as select 0 as i union select 1 union select 2 union select 3"
                        + " union select 4 union select 5 union select 6 union select 7",
                "drop table if exists numbers.n",
                "create table numbers.n (i int primary key)",
                "insert into numbers.n select a.i * 512 + b.i * 64 + c.i * 8 + e.i"
                        + " from numbers.d as a, numbers.d as b, numbers.d as c, numbers.d as e where a.i < 4");
        return server;
    }

    /** What is emitted is not held back: no batch, and no poll, grows with the transaction. */
    @ParameterizedTest
    @EnumSource
    void passesThroughWithoutBeingHeld(MySqlRelease release) throws SQLException {
        MySqlServer server = prepared(release);
        try (LogFollower log = LogFollower.open(server, database)) {
            log.onlyCount();
            TestServers.execute(
                    server, oneTransaction(database, new int[] {2048, 1024}).toArray(String[]::new));
            long largest = 0;
            while (log.rows < 1 << 21) {
                long before = log.rows;
                log.poll(Purpose.READ);
                largest = Math.max(largest, log.rows - before);
                assertThat(log.hasPosition() && log.rows > 0 && log.rows < 1 << 21)
                        .isFalse();
            }
            log.readAll();
            assertThat(log.rows).isEqualTo(1 << 21);
            assertThat(log.largestBatch).isLessThan(3 * BATCH_BYTES);
            assertThat(largest).isLessThan(200_000);
            assertThat(log.split().start().number()).isEqualTo(1);
        }
        TestServers.execute(server, "drop database " + database);
    }

    @ParameterizedTest
    @EnumSource
    void isUnpackedAsItIsRead(MySqlRelease release) throws SQLException {
        MySqlServer server = prepared(release);
        String[] before = release.isMariaDb()
                ? new String[] {"set global log_bin_compress = 1", "set global log_bin_compress_min_len = 10"}
                : new String[] {"set session binlog_transaction_compression = on"};
        try (LogFollower log = LogFollower.open(server, database)) {
            TestServers.execute(
                    server, oneTransaction(database, new int[] {4, 4}, before).toArray(String[]::new));
            List<String> small = log.readAll().taken();
            assertThat(small).hasSize(16).allMatch(change -> change.endsWith("x".repeat(20)));
            TestServers.execute(server, "truncate " + database + ".t");
            assertThat(log.readAll().taken()).containsExactly("TRUNCATE t");
            log.onlyCount();
            TestServers.execute(
                    server,
                    oneTransaction(database, new int[] {512, 256}, before).toArray(String[]::new));
            log.readAll();
            assertThat(log.rows).isEqualTo(16 + (1 << 17));
            assertThat(log.largestBatch).isLessThan(3 * BATCH_BYTES);
        } finally {
            if (release.isMariaDb()) {
                TestServers.execute(server, "set global log_bin_compress = 0");
            }
        }
    }
}
