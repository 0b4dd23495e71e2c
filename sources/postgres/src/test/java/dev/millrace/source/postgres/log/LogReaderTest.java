package dev.millrace.source.postgres.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.model.Watermark;
import dev.millrace.source.postgres.TestDatabase;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.postgres.split.LogEnd;
import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.spi.PollRequest.Purpose;
import dev.millrace.spi.SplitReader.Progress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of real servers, oldest and newest. */
class LogReaderTest {
    @TempDir
    Path folder;

    /** A value that is stored out of line: too large for a row and without a pattern to compress. */
    private static final String LARGE = "(select string_agg(md5(i::text), '') from generate_series(1, 400) i)";

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void readsChangesInOrderWithTheirTransactions(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute(
                    "create table a (id int primary key, t text)",
                    "create table b (id int primary key, n numeric(8, 2))");
            try (LogFollower log = LogFollower.open(database, folder)) {
                log.start();
                database.execute(
                        "begin; insert into a values (1, 'x'), (2, null); insert into b values (1, 1.5);"
                                + " update a set t = 'y' where id = 1; delete from a where id = 2; commit",
                        "update b set id = 7 where id = 1");
                log.readAll();
                assertThat(log.taken())
                        .containsExactly(
                                "INSERT a 1|x",
                                "INSERT a 2|null",
                                "UPDATE_AFTER a 1|y",
                                "DELETE a 2|unchanged",
                                "INSERT b 1|1.50",
                                "DELETE b 1|unchanged",
                                "INSERT b 7|1.50");
                assertThat(log.transactions).hasSize(3);
                assertThat(log.transactions.get(0))
                        .isEqualTo(log.transactions.get(1))
                        .isNotEqualTo(log.transactions.get(2));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void truncatesAllTablesOfACascadeInBand(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute(
                    "create table parent (id int primary key)",
                    "create table child (id int primary key references parent)");
            try (LogFollower log = LogFollower.open(database, folder)) {
                log.start();
                database.execute(
                        "insert into parent values (1)", "truncate parent cascade", "insert into parent values (2)");
                log.readAll();
                assertThat(log.taken().stream().sorted().toList())
                        .containsExactly("INSERT parent 1", "INSERT parent 2", "TRUNCATE child", "TRUNCATE parent");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void completesUnchangedValuesFromTheOldRow(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            String columns = " (id int primary key, n int, big text)";
            database.execute(
                    "create table plain" + columns,
                    "create table whole" + columns,
                    "alter table whole replica identity full",
                    "create table indexed (id int primary key, n int, big text, code int not null)",
                    "create unique index by_code on indexed (code, id)",
                    "alter table indexed replica identity using index by_code");
            for (String table : new String[] {"plain", "whole"}) {
                database.execute("insert into " + table + " select 1, 1, " + LARGE);
            }
            database.execute("insert into indexed select 1, 1, " + LARGE + ", 5");
            String large = database.query("select " + LARGE).getFirst();
            try (LogFollower log = LogFollower.open(database, folder)) {
                log.start();
                database.execute("update plain set n = 2", "update whole set n = 2", "update indexed set n = 2");
                log.readAll();
                assertThat(log.taken())
                        .containsExactly(
                                "UPDATE_AFTER plain 1|2|unchanged",
                                "UPDATE_BEFORE whole 1|1|" + large,
                                "UPDATE_AFTER whole 1|2|" + large,
                                "UPDATE_AFTER indexed 1|2|unchanged|5");
                database.execute(
                        "update whole set id = 3",
                        "delete from whole",
                        "update indexed set big = 'small', code = 6",
                        "delete from indexed");
                log.readAll();
                assertThat(log.taken())
                        .containsExactly(
                                "DELETE whole 1|2|" + large,
                                "INSERT whole 3|2|" + large,
                                "DELETE whole 3|2|" + large,
                                "DELETE indexed 1|unchanged|unchanged|5",
                                "INSERT indexed 1|2|small|6",
                                "DELETE indexed 1|unchanged|unchanged|6");
            }
        }
    }

    @Test
    void refusesANewKeyForARowThatDidNotComeWhole() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute("create table t (id int primary key, big text)", "insert into t select 1, " + LARGE);
            try (LogFollower log = LogFollower.open(database, folder)) {
                log.start();
                database.execute("update t set id = 2");
                assertThatThrownBy(log::readAll)
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(PostgresError.UNCHANGED))
                        .hasMessageContaining("(id=2)")
                        .hasMessageContaining("big");
                assertThat(log.taken()).isEmpty();
            }
        }
    }

    @Test
    void keepsRowsWhoseLargeKeyDidNotChange() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute(
                    "create table t (id text primary key, n int)",
                    "alter table t alter id set storage external",
                    "insert into t values (repeat('k', 2500), 1)");
            String key = "k".repeat(2500);
            try (LogFollower log = LogFollower.open(database, folder)) {
                log.start();
                database.execute("update t set n = 2", "delete from t");
                log.readAll();
                assertThat(log.taken())
                        .containsExactly("UPDATE_AFTER t " + key + "|2", "DELETE t " + key + "|unchanged");
            }
        }
    }

    @Test
    void namesPartitionedTablesByTheirRoot() throws Exception {
        try (TestDatabase database = TestDatabase.on(14)) {
            database.execute(
                    "create table p (id int primary key, t text) partition by range (id)",
                    "create table p1 partition of p for values from (0) to (10)",
                    "create table p2 (t text, junk int, id int not null)",
                    "alter table p2 drop column junk",
                    "alter table p attach partition p2 for values from (10) to (20)");
            try (LogFollower log = LogFollower.open(database, folder)) {
                log.start();
                database.execute(
                        "insert into p values (1, 'a'), (11, 'b')", "update p set id = 12 where id = 1", "truncate p");
                log.readAll();
                assertThat(log.taken())
                        .containsExactly(
                                "INSERT p 1|a", "INSERT p 11|b", "DELETE p 1|unchanged", "INSERT p 12|a", "TRUNCATE p");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void keepsLargeTransactionsAsideAndDropsWhatWasRolledBack(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute("create table t (id int primary key, t text)", "create table small (id int primary key)");
            try (LogFollower log = LogFollower.open(database, folder);
                    Connection other = database.server().connect(database.name());
                    Statement large = other.createStatement()) {
                database.execute("alter system set logical_decoding_work_mem = '64kB'", "select pg_reload_conf()");
                log.start();
                other.setAutoCommit(false);
                large.execute("insert into t select i, 'kept' from generate_series(1, 20000) i");
                large.execute("savepoint a");
                large.execute("insert into t select i, 'rolled back' from generate_series(20001, 60000) i");
                database.execute("insert into small values (1)");
                log.readAll();
                assertThat(log.taken()).containsExactly("INSERT small 1");
                large.execute("rollback to savepoint a");
                large.execute("savepoint b");
                large.execute("update t set t = 'twice' where id <= 10");
                large.execute("release savepoint b");
                database.execute("insert into small values (2)");
                log.readAll();
                LogSplit before = log.split();
                assertThat(log.taken()).containsExactly("INSERT small 2");
                other.commit();
                log.readAll();
                assertThat(log.taken())
                        .hasSize(20_010)
                        .startsWith("INSERT t 1|kept")
                        .endsWith("UPDATE_AFTER t 10|twice")
                        .noneMatch(change -> change.contains("rolled back"));
                large.execute("insert into t select i, 'never' from generate_series(100001, 140000) i");
                other.rollback();
                log.readAll();
                assertThat(log.taken()).isEmpty();
                assertThat(folder).isEmptyDirectory();

                log.restart(before, database.sessions());
                log.readAll();
                assertThat(log.taken()).hasSize(20_010);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void stopsAtBoundariesOnly(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute("create table t (id int primary key, t text)");
            try (LogFollower log = LogFollower.open(database, folder)) {
                log.start();
                assertThat(log.poll(Purpose.REACH_BOUNDARY)).isEqualTo(Progress.AT_BOUNDARY);
                database.execute(
                        "insert into t select i, repeat('x', 1000) from generate_series(1, 5000) i",
                        "insert into t values (0, '')");
                while (log.rows == 0) {
                    assertThat(log.poll(Purpose.KEEP_ALIVE)).isEqualTo(Progress.IDLE);
                    assertThat(log.rows).isZero();
                    log.poll(Purpose.READ);
                }
                assertThat(log.rows).isLessThan(5000);
                assertThat(log.reader().position()).isEmpty();
                Progress progress = Progress.MORE;
                while (progress != Progress.AT_BOUNDARY) {
                    progress = log.poll(Purpose.REACH_BOUNDARY);
                }
                assertThat(log.rows).isEqualTo(5000);
                assertThat(log.reader().position()).isPresent();
                assertThat(log.poll(Purpose.REACH_BOUNDARY)).isEqualTo(Progress.AT_BOUNDARY);
                assertThat(log.rows).isEqualTo(5000);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void confirmsOnlyWhatItIsTold(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute("create table t (id int primary key)");
            try (LogFollower log = LogFollower.open(database, folder)) {
                String atFirst = log.confirmed();
                log.start();
                database.execute("insert into t values (1)");
                log.readAll();
                LogSplit one = log.split();
                database.execute("insert into t values (2)");
                log.readAll();
                log.poll(Purpose.KEEP_ALIVE);
                assertThat(log.confirmed()).isEqualTo(atFirst);
                log.reader().acknowledge(one.toSplit());
                awaitConfirmed(log, one.startPlace());
                log.taken();

                log.restart(one, database.sessions());
                log.readAll();
                assertThat(log.taken()).containsExactly("INSERT t 2");
            }
        }
    }

    /** The server takes an acknowledgement in its own time. */
    private static void awaitConfirmed(LogFollower log, long place) throws Exception {
        while (!log.confirmed().equals(Slots.text(place))) {
            log.poll(Purpose.READ);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void movesOnWhileOnlyOthersWriteAndLosesNothingByIt(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major);
                TestDatabase other = TestDatabase.on(major)) {
            database.execute("create table t (id int primary key)");
            other.execute("create table noise (t text)");
            try (LogFollower log = LogFollower.open(database, folder);
                    Connection open = database.server().connect(database.name());
                    Statement inProgress = open.createStatement()) {
                log.start();
                open.setAutoCommit(false);
                inProgress.execute("insert into t values (1)");
                long before = log.place();
                other.execute("insert into noise select repeat('x', 1000) from generate_series(1, 1000)");
                log.readAll();
                assertThat(Long.compareUnsigned(log.place(), before + 1_000_000))
                        .isPositive();
                log.acknowledge();
                awaitConfirmed(log, log.place());
                LogSplit idle = log.split();
                open.commit();

                log.restart(idle, database.sessions());
                log.readAll();
                assertThat(log.taken()).containsExactly("INSERT t 1");
            }
        }
    }

    @Test
    void finishesWhereItIsTold() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute("create table t (id int primary key)");
            try (LogFollower log = LogFollower.open(database, folder)) {
                database.execute("insert into t values (1)");
                long end = Slots.place(
                        database.query("select pg_current_wal_flush_lsn()").getFirst());
                database.execute("insert into t values (2)");
                log.start(log.first().until(Optional.of(new LogEnd(end, Watermark.NONE))));
                Progress progress = Progress.MORE;
                while (progress != Progress.FINISHED) {
                    progress = log.poll(Purpose.READ);
                }
                assertThat(log.taken()).containsExactly("INSERT t 1");
                LogSplit reached = log.split();
                log.restart(reached.until(Optional.empty()), database.sessions());
                log.readAll();
                assertThat(log.taken()).containsExactly("INSERT t 2");
            }
        }
    }

    @Test
    void refusesRowsOfAnotherShapeBeforeAnyIsEmitted() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute("create table t (id int primary key, a int)");
            try (LogFollower log = LogFollower.open(database, folder)) {
                log.start();
                database.execute("insert into t values (1, 1)");
                log.readAll();
                long before = log.place();
                database.execute(
                        "alter table t add b text",
                        "alter table t alter a type bigint",
                        "insert into t values (2, 2, '')");
                assertThatThrownBy(log::readAll)
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(PostgresError.SCHEMA))
                        .hasMessageContaining("public.t")
                        .hasMessageContaining("column a has another type, column b is new");
                assertThat(log.taken()).containsExactly("INSERT t 1|1");
                assertThat(before).isPositive();
            }
        }
    }
}
