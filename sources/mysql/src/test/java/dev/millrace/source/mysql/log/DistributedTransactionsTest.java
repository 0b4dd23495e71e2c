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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** XA transactions: they stand in the log where they are prepared, and are committed later, or never. */
class DistributedTransactionsTest {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private final String database = "xa" + COUNT.incrementAndGet();

    private MySqlServer prepared(MySqlRelease release) throws SQLException {
        MySqlServer server = TestServers.on(release);
        TestServers.execute(
                server,
                "create database " + database,
                "create table " + database + ".t (id int primary key)",
                "create database " + database + "other",
                "create table " + database + "other.o (id int primary key)");
        return server;
    }

    private void prepare(MySqlServer server, String name, String statement) throws SQLException {
        TestServers.execute(
                server,
                "use " + database,
                "xa start '" + name + "'",
                statement,
                "xa end '" + name + "'",
                "xa prepare '" + name + "'");
    }

    @Test
    void areReadWhereTheyAreCommitted() throws SQLException {
        MySqlServer server = prepared(MySqlRelease.MYSQL_8_0);
        try (LogFollower log = LogFollower.open(server, database)) {
            prepare(server, "a", "insert into t values (1)");
            prepare(server, "b", "insert into t values (2)");
            TestServers.execute(server, "insert into " + database + ".t values (3)");
            log.poll(Purpose.READ);
            while (log.changes.isEmpty()) {
                log.poll(Purpose.READ);
            }
            assertThat(log.taken()).containsExactly("INSERT t 3");
            LogSplit between = log.split();

            TestServers.execute(
                    server, "xa rollback 'b'", "xa commit 'a'", "insert into " + database + ".t values (2)");
            assertThat(log.readAll().taken()).containsExactly("INSERT t 1", "INSERT t 2");
            assertThat(log.split().start().number()).isEqualTo(4);

            log.restart(between);
            assertThat(log.readAll().taken()).containsExactly("INSERT t 1", "INSERT t 2");
            log.restart(log.split());
            assertThat(log.readAll().taken()).isEmpty();
        }
    }

    @Test
    void areKeptInAFileWhereTheyAreLarge() throws SQLException {
        MySqlServer server = prepared(MySqlRelease.MYSQL_8_0);
        TestServers.execute(server, "create table " + database + ".l (id int primary key, s longtext)");
        try (LogFollower log = LogFollower.open(server, database)) {
            prepare(
                    server,
                    "large" + database,
                    "insert into l values (1, repeat('a', 700000)), (2, repeat('b', 700000)), (3, repeat('c', 700000))");
            TestServers.execute(server, "xa commit 'large" + database + "'");
            assertThat(log.readAll().taken())
                    .containsExactly(
                            "INSERT l 1|" + "a".repeat(700_000),
                            "INSERT l 2|" + "b".repeat(700_000),
                            "INSERT l 3|" + "c".repeat(700_000));
        }
    }

    @ParameterizedTest
    @EnumSource
    void goByWhereTheyAreCommittedAtOnceOrConcernOthers(MySqlRelease release) throws SQLException {
        MySqlServer server = prepared(release);
        try (LogFollower log = LogFollower.open(server, database)) {
            TestServers.execute(
                    server,
                    "use " + database,
                    "xa start 'x'",
                    "insert into t values (1)",
                    "xa end 'x'",
                    "xa commit 'x' one phase");
            prepare(server, "y", "insert into " + database + "other.o values (1)");
            TestServers.execute(server, "xa commit 'y'", "insert into " + database + ".t values (2)");
            assertThat(log.readAll().taken()).containsExactly("INSERT t 1", "INSERT t 2");
        }
    }

    @Test
    void doNotKeepAReaderFromItsEnd() throws SQLException {
        MySqlServer server = prepared(MySqlRelease.MYSQL_8_0);
        LogSplit start = LogFollower.here(server, database);
        prepare(server, "open" + database, "insert into t values (1)");
        try (LogFollower log = LogFollower.of(server)) {
            LogPosition end;
            try (ServerSession session = TestServers.session(server)) {
                end = LogFollower.now(session);
            }
            log.start(start.until(Optional.of(end)));
            Progress progress = Progress.MORE;
            while (progress != Progress.FINISHED) {
                progress = log.poll(Purpose.READ);
            }
            assertThat(log.taken()).isEmpty();
            LogSplit reached = log.split();
            TestServers.execute(server, "xa commit 'open" + database + "'");
            log.restart(reached.until(Optional.empty()));
            assertThat(log.readAll().taken()).containsExactly("INSERT t 1");
        } finally {
            TestServers.execute(server, "drop database " + database);
        }
    }

    @Test
    void areRefusedWhereTheyCanNotBeReadAgain() throws SQLException {
        MySqlServer server = prepared(MySqlRelease.MARIADB_11_4);
        try (LogFollower log = LogFollower.open(server, database)) {
            prepare(server, "z", "insert into t values (1)");
            try {
                assertThatThrownBy(log::readAll)
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(MySqlError.UNSUPPORTED))
                        .hasMessageContaining("XA PREPARE");
            } finally {
                TestServers.execute(server, "xa rollback 'z'");
            }
        }
    }

    @Test
    void areRefusedWhereTheyWerePreparedBeforeReadingBegan() throws SQLException {
        MySqlServer server = prepared(MySqlRelease.MYSQL_8_0);
        prepare(server, "early" + database, "insert into t values (1)");
        try (LogFollower log = LogFollower.open(server, database)) {
            TestServers.execute(server, "xa commit 'early" + database + "'");
            assertThatThrownBy(log::readAll)
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("prepared before the pipeline began");
        }
    }
}
