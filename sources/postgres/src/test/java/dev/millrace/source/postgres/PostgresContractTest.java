package dev.millrace.source.postgres;

import dev.millrace.schema.TableId;
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

/** What every source keeps, on the oldest and the newest server. */
class PostgresContractTest {
    @Nested
    class OnTheOldest extends Contract {
        OnTheOldest() {
            super(14);
        }
    }

    @Nested
    class OnTheNewest extends Contract {
        OnTheNewest() {
            super(18);
        }
    }

    /** Every look at the clock is a day after the last: each chunk that may is read in an epoch of its own. */
    @Nested
    class WithShortEpochs extends Contract {
        private final AtomicInteger days = new AtomicInteger();

        WithShortEpochs() {
            super(18);
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

    /** A table of several chunks, a small one, and one without a key; a transaction touches all of them. */
    abstract static class Contract extends SourceContract {
        private final int major;
        private TestDatabase database;
        private int transactions;

        Contract(int major) {
            this.major = major;
        }

        @BeforeEach
        void fill() throws SQLException {
            database = TestDatabase.on(major);
            database.execute(
                    "create table wide (id int primary key, version int not null, filler text) with (fillfactor = 10)",
                    "insert into wide select i, 0, repeat('x', 30) from generate_series(1, 400) i",
                    "create table small (id int primary key, name text)",
                    "insert into small values (1, 'one'), (2, 'two')",
                    "create table history (at int, what text)",
                    "alter table history replica identity full",
                    "insert into history values (0, 'begin')",
                    "analyze");
        }

        @AfterEach
        void drop() throws SQLException {
            database.close();
        }

        @Override
        protected Source open(SourceContext context) {
            return new PostgresSourceFactory()
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
                    "insert into small values (" + (10 + number) + ", 'more')",
                    "update small set name = 'changed by " + number + "' where id = 1",
                    "insert into history values (" + number + ", 'something')",
                    "update history set what = 'long ago' where at = " + (number - 1),
                    "commit");
        }

        @Override
        protected Map<TableId, List<String>> content() throws SQLException {
            Map<TableId, List<String>> content = new TreeMap<>();
            read("wide", "id || ', ' || version || ', ' || filler", content);
            read("small", "id || ', ' || name", content);
            read("history", "at || ', ' || what", content);
            return content;
        }

        private void read(String table, String columns, Map<TableId, List<String>> content) throws SQLException {
            content.put(
                    new TableId(database.name(), "public", table),
                    database.query("select '[' || " + columns + " || ']' from " + table).stream()
                            .sorted()
                            .toList());
        }

        @Override
        protected int restarts() {
            return 14;
        }
    }
}
