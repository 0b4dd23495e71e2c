package dev.millrace.source.mysql.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.servers.MySqlSettings;
import dev.millrace.source.mysql.TestServers;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.position.LogStart;
import dev.millrace.source.mysql.split.LogSplit;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that are not what they were: another one after a fail-over, or one without the log that is needed. */
class ServerChangeTest {
    private static MySqlServer server(MySqlRelease release, int number) {
        return MySqlServer.started(MySqlSettings.of(release).with("server-id", Integer.toString(number)));
    }

    private static void replicate(MySqlServer from, MySqlServer to) throws SQLException {
        String[] statements = from.release().isMariaDb()
                ? new String[] {
                    "change master to master_host = '127.0.0.1', master_port = " + from.port()
                            + ", master_user = 'root', master_password = '', master_ssl = 0, master_use_gtid = slave_pos",
                    "start slave"
                }
                : new String[] {
                    "change replication source to source_host = '127.0.0.1', source_port = " + from.port()
                            + ", source_user = 'root', source_password = '', source_auto_position = 1",
                    "start replica"
                };
        TestServers.execute(to, statements);
    }

    private static void awaitRows(MySqlServer server, int count) throws SQLException {
        long deadline = System.nanoTime() + 30_000_000_000L;
        String sql = "select count(*) from information_schema.tables where table_schema = 'd' and table_name = 't'";
        while (TestServers.query(server, sql).getFirst().equals("0")
                || !TestServers.query(server, "select count(*) from d.t")
                        .getFirst()
                        .equals(Integer.toString(count))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the replica does not come to " + count + " rows");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesOnWithAnotherServerByGtids(MySqlRelease release) throws SQLException {
        try (MySqlServer one = server(release, 1);
                MySqlServer two = server(release, 2);
                MySqlServer stranger = server(release, 3)) {
            replicate(one, two);
            TestServers.execute(one, "create database d", "create table d.t (id int primary key)");
            try (LogFollower log = LogFollower.open(one, "d")) {
                TestServers.execute(one, "insert into d.t values (1)", "insert into d.t values (2)");
                log.readAll();
                assertThat(log.taken()).containsExactly("INSERT t 1", "INSERT t 2");
                LogSplit read = log.split();
                TestServers.execute(one, "flush logs", "insert into d.t values (3)");
                awaitRows(two, 3);
                one.kill9();
                TestServers.execute(
                        two, release.isMariaDb() ? "stop slave" : "stop replica", "insert into d.t values (4)");

                log.restart(read, () -> TestServers.session(two));
                log.readAll();
                assertThat(log.taken()).containsExactly("INSERT t 3", "INSERT t 4");
                LogSplit moved = log.split();
                assertThat(moved.target().server().number()).isEqualTo(2);
                assertThat(moved.start().number()).isEqualTo(read.start().number() + 2);
                log.restart(moved);
                TestServers.execute(two, "insert into d.t values (5)");
                assertThat(log.readAll().taken()).containsExactly("INSERT t 5");

                assertThatThrownBy(() -> log.restart(moved, () -> TestServers.session(stranger)))
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(MySqlError.HISTORY))
                        .hasMessageContaining("does not know the transactions");
                LogSplit byFiles = moved.at(new LogPosition(
                        new LogStart.At(moved.start().place()), moved.start().place(), 9, 9));
                assertThatThrownBy(() -> log.restart(byFiles, () -> TestServers.session(stranger)))
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(MySqlError.HISTORY))
                        .hasMessageContaining("former server's files");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatIsLostWhereTheLogWasPurged(MySqlRelease release) throws SQLException {
        try (MySqlServer server = server(release, 1)) {
            TestServers.execute(server, "create database d", "create table d.t (id int primary key)");
            try (LogFollower log = LogFollower.open(server, "d")) {
                TestServers.execute(server, "insert into d.t values (1)");
                log.readAll();
                LogSplit read = log.split();
                LogSplit byFiles = read.at(new LogPosition(
                        new LogStart.At(read.start().place()), read.start().place(), 1, 1));
                TestServers.execute(
                        server, "insert into d.t values (2)", "flush logs", "flush logs", "insert into d.t values (3)");
                log.close();
                String last = TestServers.query(server, "show master status").getFirst();
                TestServers.execute(server, "purge binary logs to '" + last + "'");

                assertThatThrownBy(() -> {
                            log.restart(read);
                            log.readAll();
                        })
                        .isInstanceOfSatisfying(MillraceException.class, e -> {
                            assertThat(e.code()).isEqualTo(MySqlError.LOG_LOST);
                            assertThat(e.nextStep()).contains("start anew");
                        })
                        .hasMessageContaining(
                                release.isMariaDb()
                                        ? "It was read up to " + read.start()
                                        : ":4 are no longer in the server's log");
                assertThatThrownBy(() -> log.restart(byFiles))
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(MySqlError.LOG_LOST))
                        .hasMessageContaining("no longer holds " + read.start().place())
                        .hasMessageContaining("it begins with " + last);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void noticesThatTheServersLogWasBegunAnew(MySqlRelease release) throws SQLException {
        try (MySqlServer server = server(release, 1)) {
            TestServers.execute(server, "create database d", "create table d.t (id int primary key)");
            try (LogFollower log = LogFollower.open(server, "d")) {
                TestServers.execute(server, "insert into d.t values (1)");
                LogSplit read = log.readAll().split();
                log.close();
                TestServers.execute(server, "reset master", "insert into d.t values (2)");

                assertThatThrownBy(() -> log.restart(read))
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(MySqlError.HISTORY))
                        .hasMessageContaining("its log was reset");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void followsAFreshServerByGtidsFromItsFirstTransactionOn(MySqlRelease release) throws SQLException {
        try (MySqlServer server = server(release, 1)) {
            LogSplit start = LogFollower.here(server, "d");
            assertThat(start.start().isByGtids()).isTrue();
            TestServers.execute(server, "create database d", "create table d.t (id int primary key)");
            LogSplit withTable = new LogSplit(
                    start.start(),
                    Optional.empty(),
                    start.start(),
                    LogFollower.here(server, "d").target());
            TestServers.execute(server, "insert into d.t values (1)");
            try (LogFollower log = LogFollower.of(server)) {
                log.start(withTable);
                assertThat(log.readAll().taken()).containsExactly("INSERT t 1");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysThatAnotherReaderHasTheSameNumber(MySqlRelease release) throws SQLException {
        MySqlServer server = TestServers.on(release);
        TestServers.execute(
                server, "create database if not exists twice", "create table if not exists twice.t (id int)");
        LogSplit here = LogFollower.here(server, "twice");
        try (LogFollower one = LogFollower.of(server);
                LogFollower other = LogFollower.sameNumberAs(one)) {
            one.start(here);
            one.readAll();
            other.start(here);
            assertThatThrownBy(one::pollForever)
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(MySqlError.SERVER_ID));
            other.readAll();
        }
    }
}
