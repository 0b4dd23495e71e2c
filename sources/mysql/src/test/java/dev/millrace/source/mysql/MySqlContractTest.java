package dev.millrace.source.mysql;

import dev.millrace.schema.TableId;
import dev.millrace.servers.MySqlRelease;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext;
import dev.millrace.testkit.contract.SourceContract;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** What every source keeps, on both servers. */
class MySqlContractTest {
    @Nested
    class OnMySql extends Contract {
        OnMySql() {
            super(MySqlRelease.MYSQL_8_0);
        }
    }

    @Nested
    class OnMariaDb extends Contract {
        OnMariaDb() {
            super(MySqlRelease.MARIADB_11_4);
        }
    }

    /** Every look at the clock is a day after the last: each chunk that may is read in an epoch of its own. */
    @Nested
    class WithShortEpochs extends Contract {
        private final AtomicInteger days = new AtomicInteger();

        WithShortEpochs() {
            super(MySqlRelease.MYSQL_8_0);
        }

        @Override
        protected Source open(SourceContext context) {
            InstantSource clock = () -> Instant.EPOCH.plus(Duration.ofDays(days.incrementAndGet()));
            return super.open(new SourceContext(
                    context.pipeline(),
                    context.mode(),
                    context.readers(),
                    context.batchBytes(),
                    context.spillFolder(),
                    clock));
        }
    }

    /**
     * A table of several chunks, one whose chunks only the server can tell apart, a small one, and one without a key; a
     * transaction touches all of them.
     */
    abstract static class Contract extends SourceContract {
        private final MySqlRelease release;
        private MySqlDatabase database;
        private int transactions;

        Contract(MySqlRelease release) {
            this.release = release;
        }

        @BeforeEach
        void fill() throws SQLException {
            database = MySqlDatabase.on(release);
            database.execute(
                    "create table wide (id int primary key, version int not null, filler varchar(2000))",
                    "insert into wide " + numbers(400, "n, 0, repeat('x', 30)"),
                    "create table named (name varchar(40) collate utf8mb4_general_ci primary key, version int not null)",
                    "insert into named " + numbers(200, "concat(if(n % 2, 'Name ', 'name '), n), 0"),
                    "create table small (id int primary key, name text)",
                    "insert into small values (1, 'one'), (2, 'two')",
                    "create table history (at int, what text)",
                    "insert into history values (0, 'begin')",
                    "analyze table wide, named");
        }

        private static String numbers(int last, String columns) {
            return "with recursive s (n) as (select 1 union all select n + 1 from s where n < " + last + ") select "
                    + columns + " from s";
        }

        @AfterEach
        void drop() throws SQLException {
            database.close();
        }

        @Override
        protected Source open(SourceContext context) {
            return new MySqlSourceFactory()
                    .create(database.section("\\.*", "scan.incremental.snapshot.chunk.size", "50"), context);
        }

        @Override
        protected void transaction() throws SQLException {
            int number = ++transactions;
            database.execute(
                    "begin",
                    "update wide set version = " + number + " where id % 20 = " + number,
                    "delete from wide where id % 40 = 20 + " + number,
                    "insert into wide values (" + (5_000 + number) + ", 0, 'new'), (" + -number + ", 0, 'new')",
                    "update wide set id = id + 10000 where id < 5000 and id % 80 = 70 + " + number,
                    "update named set version = " + number + " where name like '%" + number + "'",
                    "update named set name = concat('other ', name) where name = 'name 4" + number + "'",
                    "insert into small values (" + (10 + number) + ", 'more')",
                    "update small set name = 'changed by " + number + "' where id = 1",
                    "insert into history values (" + number + ", 'something')",
                    "update history set what = 'long ago' where at = " + (number - 1),
                    "commit");
        }

        @Override
        protected Map<TableId, List<String>> content() throws SQLException {
            Map<TableId, List<String>> content = new TreeMap<>();
            read("wide", "id, version, filler", content);
            read("named", "name, version", content);
            read("small", "id, name", content);
            read("history", "at, what", content);
            return content;
        }

        private void read(String table, String columns, Map<TableId, List<String>> content) throws SQLException {
            content.put(
                    TableId.of(database.name(), table),
                    database
                            .query("select concat('[', concat_ws(', ', " + columns + "), ']') from {db}." + table)
                            .stream()
                            .sorted()
                            .toList());
        }

        @Override
        protected int restarts() {
            return 14;
        }
    }
}
