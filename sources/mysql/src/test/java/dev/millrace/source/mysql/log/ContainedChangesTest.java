package dev.millrace.source.mysql.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schema.TableId;
import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.source.mysql.TestServers;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.split.Chunks;
import dev.millrace.source.mysql.split.KeyOrder;
import dev.millrace.source.mysql.split.LogSplit;
import dev.millrace.source.mysql.split.SkipRules;
import dev.millrace.source.mysql.split.TableSkips;
import dev.millrace.source.mysql.wire.ServerSession;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables whose chunks were read in two epochs: rows below 100 in the first, the others in the second. */
class ContainedChangesTest {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private final String database = "epochs" + COUNT.incrementAndGet();

    private static LogPosition now(MySqlServer server) {
        try (ServerSession session = TestServers.session(server)) {
            return LogFollower.now(session);
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesOutWhatALaterEpochHolds(MySqlRelease release) throws SQLException {
        MySqlServer server = TestServers.on(release);
        TestServers.execute(
                server, "create database " + database, "create table " + database + ".t (id int primary key, n int)");
        LogSplit first = LogFollower.here(server, database);
        TestServers.execute(
                server,
                "use " + database,
                "insert into t values (1, 1), (101, 1), (2, 2), (102, 2)",
                "update t set n = n + 10",
                "update t set id = 103 where id = 2",
                "update t set id = 3 where id = 102",
                "delete from t where id in (1, 101)");
        LogPosition second = now(server);
        TestServers.execute(server, "use " + database, "insert into t values (5, 5), (105, 5)");
        TableId table = TableId.of(database, "t");
        SkipRules skips = new SkipRules(Map.of(
                table,
                new TableSkips(
                        new Chunks(List.of(0), List.of(KeyOrder.NUMBER), List.of(List.of("100"))), List.of(0, 1))));
        LogSplit split = new LogSplit(
                first.start(),
                Optional.empty(),
                second,
                LogSplit.Target.of(
                        first.target().server(), first.target().tables(), skips, Map.of(0, first.start(), 1, second)));
        try (LogFollower log = LogFollower.of(server)) {
            log.start(split);
            assertThat(log.readAll().taken())
                    .containsExactly(
                            "INSERT t 1|1",
                            "INSERT t 2|2",
                            "UPDATE_BEFORE t 1|1",
                            "UPDATE_AFTER t 1|11",
                            "UPDATE_BEFORE t 2|2",
                            "UPDATE_AFTER t 2|12",
                            "DELETE t 2|12",
                            "INSERT t 3|12",
                            "DELETE t 1|11",
                            "INSERT t 5|5",
                            "INSERT t 105|5");
            assertThat(log.position().consistent()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void isConsistentOnceTheLastEpochIsReached(MySqlRelease release) throws SQLException {
        MySqlServer server = TestServers.on(release);
        TestServers.execute(
                server, "create database " + database, "create table " + database + ".t (id int primary key)");
        LogSplit first = LogFollower.here(server, database);
        TestServers.execute(server, "insert into " + database + ".t values (1)");
        LogPosition between = now(server);
        TestServers.execute(server, "insert into " + database + ".t values (2)");
        LogPosition last = now(server);
        try (LogFollower log = LogFollower.of(server)) {
            log.start(new LogSplit(first.start(), Optional.of(between), last, first.target()));
            log.readTo(between);
            assertThat(log.position().consistent()).isFalse();
            assertThat(log.watermarks).isEmpty();
            log.restart(log.split().until(Optional.empty()));
            log.readTo(last);
            assertThat(log.position().consistent()).isTrue();
        }
    }
}
