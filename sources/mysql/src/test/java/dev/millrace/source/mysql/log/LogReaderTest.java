package dev.millrace.source.mysql.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.source.mysql.TestServers;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.split.LogSplit;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.spi.PollRequest.Purpose;
import dev.millrace.spi.SplitReader.Progress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes of real servers. */
class LogReaderTest {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private final String database = "follow" + COUNT.incrementAndGet();

    private MySqlServer prepared(MySqlRelease release, String... statements) throws SQLException {
        MySqlServer server = TestServers.on(release);
        server.createDatabase(database);
        execute(server, statements);
        return server;
    }

    private void execute(MySqlServer server, String... statements) throws SQLException {
        String[] all = new String[statements.length + 1];
        all[0] = "use " + database;
        System.arraycopy(statements, 0, all, 1, statements.length);
        TestServers.execute(server, all);
    }

    @ParameterizedTest
    @EnumSource
    void readsChangesInOrderWithTheirTransactions(MySqlRelease release) throws SQLException {
        MySqlServer server = prepared(
                release,
                "create table a (id int primary key, t varchar(20))",
                "create table b (id int primary key, n decimal(8, 2))");
        try (LogFollower log = LogFollower.open(server, database)) {
            execute(
                    server,
                    "start transaction",
                    "insert into a values (1, 'x'), (2, null)",
                    "insert into b values (1, 1.5)",
                    "update a set t = 'y' where id = 1",
                    "delete from a where id = 2",
                    "commit",
                    "update b set id = 7 where id = 1");
            log.readAll();
            assertThat(log.taken())
                    .containsExactlyInAnyOrder(
                            "INSERT a 1|x",
                            "INSERT a 2|null",
                            "UPDATE_BEFORE a 1|x",
                            "UPDATE_AFTER a 1|y",
                            "DELETE a 2|null",
                            "INSERT b 1|1.50",
                            "DELETE b 1|1.50",
                            "INSERT b 7|1.50");
            assertThat(log.transactions.stream().map(text -> text.split("@")[0]))
                    .containsOnly("1", "2");
            assertThat(log.split().start().number()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheOrderOfOneTable(MySqlRelease release) throws SQLException {
        MySqlServer server = prepared(release, "create table t (id int primary key, n int)");
        try (LogFollower log = LogFollower.open(server, database)) {
            execute(
                    server,
                    "insert into t values (1, 1)",
                    "start transaction",
                    "update t set n = 2",
                    "update t set id = 2",
                    "delete from t",
                    "insert into t values (2, 9)",
                    "commit");
            assertThat(log.readAll().taken())
                    .containsExactly(
                            "INSERT t 1|1",
                            "UPDATE_BEFORE t 1|1",
                            "UPDATE_AFTER t 1|2",
                            "DELETE t 1|2",
                            "INSERT t 2|2",
                            "DELETE t 2|2",
                            "INSERT t 2|9");
        }
    }

    @ParameterizedTest
    @EnumSource
    void truncatesInItsPlace(MySqlRelease release) throws SQLException {
        MySqlServer server =
                prepared(release, "create table t (id int primary key)", "create table other (id int primary key)");
        try (LogFollower log = LogFollower.open(server, database)) {
            execute(
                    server,
                    "insert into t values (1)",
                    "truncate table t",
                    "insert into t values (2)",
                    "truncate " + database + ".`t`",
                    "insert into t values (3)");
            assertThat(log.readAll().taken())
                    .containsExactly("INSERT t 1", "TRUNCATE t", "INSERT t 2", "TRUNCATE t", "INSERT t 3");
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesOnAfterEachPosition(MySqlRelease release) throws SQLException {
        MySqlServer server = prepared(release, "create table t (id int primary key)");
        try (LogFollower log = LogFollower.open(server, database)) {
            for (int i = 1; i <= 5; i++) {
                execute(server, "insert into t values (" + i + ")", i % 2 == 0 ? "flush logs" : "select 1");
                log.readAll();
                LogSplit here = log.split();
                assertThat(here.start().number()).isGreaterThanOrEqualTo(i);
                assertThat(log.taken()).containsExactly("INSERT t " + i);
                log.restart(here);
            }
            assertThat(log.readAll().taken()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void stopsAtBoundariesOnly(MySqlRelease release) throws SQLException {
        MySqlServer server = prepared(release, "create table t (id int primary key, t varchar(1000))");
        try (LogFollower log = LogFollower.open(server, database)) {
            Progress first = log.poll(Purpose.REACH_BOUNDARY);
            while (first != Progress.AT_BOUNDARY) {
                first = log.poll(Purpose.REACH_BOUNDARY);
            }
            execute(
                    server,
                    "start transaction",
                    "insert into t with recursive n (i) as (select 1 union all select i + 1 from n where i < 900)"
                            + " select i, repeat('x', 1000) from n",
                    "insert into t select id + 900, t from t",
                    "insert into t select id + 1800, t from t",
                    "commit");
            while (log.rows == 0) {
                assertThat(log.poll(Purpose.KEEP_ALIVE)).isEqualTo(Progress.IDLE);
                assertThat(log.rows).isZero();
                log.poll(Purpose.READ);
            }
            assertThat(log.rows).isLessThan(3600);
            assertThat(log.hasPosition()).isFalse();
            Progress progress = Progress.MORE;
            while (progress != Progress.AT_BOUNDARY) {
                progress = log.poll(Purpose.REACH_BOUNDARY);
            }
            assertThat(log.rows).isEqualTo(3600);
            assertThat(log.hasPosition()).isTrue();
            assertThat(log.poll(Purpose.REACH_BOUNDARY)).isEqualTo(Progress.AT_BOUNDARY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void finishesWhereItIsTold(MySqlRelease release) throws SQLException {
        MySqlServer server = prepared(release, "create table t (id int primary key)");
        LogSplit start = LogFollower.here(server, database);
        execute(server, "insert into t values (1)", "insert into t values (2)");
        LogPosition end;
        try (ServerSession session = TestServers.session(server)) {
            end = LogFollower.now(session);
        }
        execute(server, "insert into t values (3)");
        try (LogFollower log = LogFollower.of(server)) {
            log.start(start.until(Optional.of(end)));
            Progress progress = Progress.MORE;
            while (progress != Progress.FINISHED) {
                progress = log.poll(Purpose.READ);
            }
            assertThat(log.taken()).containsExactly("INSERT t 1", "INSERT t 2");
            log.restart(log.split());
            assertThat(log.poll(Purpose.READ)).isEqualTo(Progress.FINISHED);
            log.restart(log.split().until(Optional.empty()));
            assertThat(log.readAll().taken()).containsExactly("INSERT t 3");
        }
    }

    @ParameterizedTest
    @EnumSource
    void movesOnWhileOthersWriteAndWhileNothingHappens(MySqlRelease release) throws SQLException {
        MySqlServer server = prepared(release, "create table t (id int primary key)");
        TestServers.execute(
                server, "create database " + database + "noise", "create table " + database + "noise.n (i int)");
        try (LogFollower log = LogFollower.open(server, database)) {
            TestServers.execute(server, "insert into " + database + "noise.n values (1), (2)");
            log.readAll();
            assertThat(log.taken()).isEmpty();
            long watermark = log.watermarks.isEmpty() ? 0 : log.watermarks.getLast();
            while (log.watermarks.isEmpty() || log.watermarks.getLast() <= watermark + 1_500_000) {
                log.poll(Purpose.READ);
            }
            assertThat(log.watermarks).isSorted();
            assertThat(log.progress.lagBytes()).isZero();
            assertThat(log.progress.lagMicros()).isZero();
            assertThat(log.position().completeMicros()).isGreaterThanOrEqualTo(log.watermarks.getLast());
            execute(server, "insert into t values (1)");
            log.readAll();
            long committed = Long.parseLong(log.transactions.getLast().split("@")[1]);
            assertThat(committed).isGreaterThanOrEqualTo(watermark);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesTablesThatChangedBeforeAnyRowOfTheirs(MySqlRelease release) throws SQLException {
        for (String change : List.of(
                "alter table t add column b int",
                "alter table t modify n bigint",
                "alter table t rename column n to m",
                "alter table t modify n int null",
                "alter table t drop primary key, add primary key (n)",
                "rename table t to u",
                "alter table t rename to v",
                "drop table t",
                "drop database " + database)) {
            MySqlServer server = prepared(release, "create table t (id int primary key, n int not null)");
            try (LogFollower log = LogFollower.open(server, database)) {
                execute(server, "insert into t values (1, 1)", change);
                assertThatThrownBy(log::readAll)
                        .as(change)
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(MySqlError.SCHEMA))
                        .hasMessageContaining(database + ".t")
                        .hasMessageContaining("binlog.");
            }
            TestServers.execute(server, "drop database if exists " + database);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesRowsThatWereRewrittenThoughTheTableLooksTheSame(MySqlRelease release) throws SQLException {
        List<String> changes = new ArrayList<>(List.of(
                "alter table t drop column n, add column n int after s",
                "alter table t modify column g int as (id * 100) stored",
                "alter table t modify n int not null; alter table t modify n int null",
                "alter table t modify n tinyint; alter table t modify n int",
                "alter table t change s s varchar(2); alter table t change s s varchar(20)",
                "alter table t modify m int first; alter table t modify m int after n",
                "alter table t engine = blackhole; alter table t engine = innodb"));
        if (release.isMariaDb()) {
            changes.remove(changes.size() - 1);
            changes.add("alter ignore table t add unique (s); alter table t drop index s");
        }
        for (String change : changes) {
            MySqlServer server = prepared(
                    release,
                    "create table t (id int primary key, s varchar(20), n int, m int"
                            + (change.contains("blackhole") ? ")" : ", g int as (id * 10) stored)"));
            try (LogFollower log = LogFollower.open(server, database)) {
                String[] statements = ("set session sql_mode = ''; insert into t (id, s) values (1, 'x'), (2, 'x'); "
                                + change)
                        .split("; ");
                execute(server, statements);
                assertThatThrownBy(log::readAll)
                        .as(change)
                        .isInstanceOfSatisfying(MillraceException.class, e -> {
                            assertThat(e.code()).isEqualTo(MySqlError.SCHEMA);
                            assertThat(e.nextStep()).contains("start anew").doesNotContain("start again");
                        })
                        .hasMessageContaining(database + ".t")
                        .hasMessageContaining("binlog.");
            }
            TestServers.execute(server, "drop database " + database);
        }
    }

    @ParameterizedTest
    @EnumSource
    void passesOverDefinitionsThatSayWhatWasKnown(MySqlRelease release) throws SQLException {
        MySqlServer server = prepared(
                release,
                "create table t (id int primary key, s varchar(20) character set utf8mb4, n int not null,"
                        + " d decimal(10), e enum('a','B, c'), b tinyint(1), u bigint unsigned, ts datetime(3),"
                        + " j json, c char character set latin1, f double)");
        try (LogFollower log = LogFollower.open(server, database)) {
            execute(
                    server,
                    "alter table t modify id integer(11) auto_increment",
                    "alter table t modify s varchar(20) character set utf8mb4 comment 'as not null, first',"
                            + " change `n` n INT not null default 4 after s",
                    "alter table t modify d numeric(10, 0), modify e ENUM('a', 'B, c') default 'a',"
                            + " modify column b boolean, modify u bigint(20) unsigned null",
                    "alter table t modify ts datetime(3) default null, modify j json, modify c char(1) charset latin1,"
                            + " modify f double precision",
                    "alter table t add column extra int first",
                    "alter table t modify extra bigint",
                    "alter table t drop column extra",
                    "insert into t (id) values (1)");
            assertThat(log.readAll().taken()).singleElement().asString().startsWith("INSERT t 1|");
        }
    }

    @ParameterizedTest
    @EnumSource
    void passesOverStatementsThatChangeNothingOfWhatIsRead(MySqlRelease release) throws SQLException {
        MySqlServer server = prepared(
                release,
                "create table t (id int primary key, n int default 3)",
                "create table _t_gho (id int primary key)");
        TestServers.execute(server, "create database " + database + "2");
        try (LogFollower log = LogFollower.open(server, database)) {
            execute(
                    server,
                    "insert into t values (1, 1)",
                    "create index i on t (n)",
                    "alter table t drop index i, comment = 'said'",
                    "alter table t alter column n set default 5, auto_increment = 100",
                    "create table if not exists t (id int)",
                    "create table other (id int)",
                    "alter table other add column t int",
                    "create temporary table t2 (id int)",
                    "drop temporary table t2",
                    "create view v as select * from t",
                    "drop view v",
                    "create trigger r before insert on t for each row set new.n = new.n + 1",
                    "drop trigger r",
                    "analyze table t",
                    "optimize table t",
                    "drop table other",
                    "create table " + database + "2.t (id int)",
                    "truncate " + database + "2.t",
                    "drop database " + database + "2",
                    "insert into t values (2, 2)");
            assertThat(log.readAll().taken()).containsExactly("INSERT t 1|1", "INSERT t 2|2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesStatementsThatStandInTheLogInsteadOfRows(MySqlRelease release) throws SQLException {
        for (String statement : List.of(
                "insert into t values (5)", "update t set id = 8", "delete from t", "replace into t values (1)")) {
            MySqlServer server = prepared(
                    release,
                    "create table t (id int primary key)",
                    "create database " + database + "2",
                    "create table " + database + "2.o (id int primary key)");
            try (LogFollower log = LogFollower.open(server, database)) {
                execute(
                        server,
                        "insert into t values (1)",
                        "set session binlog_format = 'STATEMENT'",
                        "insert into " + database + "2.o select id from t");
                assertThat(log.readAll().taken()).containsExactly("INSERT t 1");
                execute(server, "set session binlog_format = 'STATEMENT'", statement);
                assertThatThrownBy(log::readAll)
                        .as(statement)
                        .isInstanceOf(MillraceException.class)
                        .hasMessageContaining("Rows of " + database + ".t were changed");
            }
            TestServers.execute(server, "drop database " + database, "drop database " + database + "2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void knowsWhenATransactionWasCommitted(MySqlRelease release) throws SQLException {
        MySqlServer server = prepared(release, "create table t (id int primary key)");
        String clock = "select cast(unix_timestamp(now(6)) * 1000000 as signed)";
        long exact = release.isMariaDb() ? 1_000_000 : 1;
        try (LogFollower log = LogFollower.open(server, database)) {
            long before = Long.parseLong(TestServers.query(server, clock).getFirst());
            execute(server, "insert into t values (1)");
            long after = Long.parseLong(TestServers.query(server, clock).getFirst());
            log.readAll();
            long committed = Long.parseLong(log.transactions.getFirst().split("@")[1]);
            assertThat(committed).isBetween(before / exact * exact, after);
            assertThat(log.position().completeMicros()).isGreaterThanOrEqualTo(committed);
        }
    }
}
