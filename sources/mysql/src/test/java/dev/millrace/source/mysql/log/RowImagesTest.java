package dev.millrace.source.mysql.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.source.mysql.TestServers;
import dev.millrace.source.mysql.failure.MySqlError;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes of which the log holds a part. */
class RowImagesTest {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private final String database = "images" + COUNT.incrementAndGet();

    private MySqlServer prepared(MySqlRelease release, String... statements) throws SQLException {
        MySqlServer server = TestServers.on(release);
        server.createDatabase(database);
        execute(server, "FULL", statements);
        return server;
    }

    private void execute(MySqlServer server, String image, String... statements) throws SQLException {
        String[] all = new String[statements.length + 2];
        all[0] = "use " + database;
        all[1] = "set session binlog_row_image = '" + image + "'";
        System.arraycopy(statements, 0, all, 2, statements.length);
        TestServers.execute(server, all);
    }

    @ParameterizedTest
    @EnumSource
    void leavesCellsOutThatDidNotChange(MySqlRelease release) throws SQLException {
        MySqlServer server = prepared(
                release,
                "create table t (id int primary key, n int, big text, c int as (n + 1) stored)",
                "insert into t (id, n, big) values (1, 1, 'large'), (2, 2, 'large'), (3, 3, 'large')");
        try (LogFollower log = LogFollower.open(server, database)) {
            execute(
                    server,
                    "MINIMAL",
                    "update t set n = 7 where id = 1",
                    "update t set big = null where id = 2",
                    "delete from t where id = 3");
            assertThat(log.readAll().taken())
                    .containsExactly(
                            "UPDATE_AFTER t 1|7|~|8",
                            "UPDATE_AFTER t 2|~|null|" + (release.isMariaDb() ? "3" : "~"),
                            "DELETE t 3|~|~|~");
            execute(
                    server,
                    "NOBLOB",
                    "insert into t (id, n, big) values (4, 4, 'new'), (5, 5, null)",
                    "update t set n = 8 where id = 4",
                    "update t set big = 'other' where id = 4",
                    "delete from t where id = 4");
            assertThat(log.readAll().taken())
                    .containsExactly(
                            "INSERT t 4|4|new|5",
                            "INSERT t 5|5|null|6",
                            "UPDATE_AFTER t 4|8|~|9",
                            "UPDATE_AFTER t 4|8|other|9",
                            "DELETE t 4|8|~|9");
        }
    }

    @ParameterizedTest
    @EnumSource
    void completesRowsUnderANewKeyFromTheImageBefore(MySqlRelease release) throws SQLException {
        MySqlServer server = prepared(
                release,
                "create table t (id int primary key, n int, s varchar(10))",
                "insert into t values (1, 1, 'a')");
        try (LogFollower log = LogFollower.open(server, database)) {
            execute(server, "NOBLOB", "update t set id = 2");
            assertThat(log.readAll().taken()).containsExactly("DELETE t 1|1|a", "INSERT t 2|1|a");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesANewKeyForARowThatIsNotWhole(MySqlRelease release) throws SQLException {
        MySqlServer server = prepared(
                release,
                "create table t (id int primary key, n int, big text)",
                "insert into t values (1, 1, 'large')");
        for (String image : new String[] {"MINIMAL", "NOBLOB"}) {
            try (LogFollower log = LogFollower.open(server, database)) {
                execute(server, image, "update t set id = id + 1");
                assertThatThrownBy(log::readAll)
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(MySqlError.ROW_IMAGE))
                        .hasMessageContaining("(id=")
                        .hasMessageContaining("column " + (image.equals("MINIMAL") ? "n" : "big"));
                assertThat(log.taken()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsInsertedRowsThatComeWithoutTheirDefaults(MySqlRelease release) throws SQLException {
        MySqlServer server = prepared(
                release,
                "create table t (id int primary key, n int, s varchar(10))",
                "create table d (id int primary key, n int default 5)");
        try (LogFollower log = LogFollower.open(server, database)) {
            execute(server, "MINIMAL", "insert into t (id) values (1)", "insert into t values (2, 2, 'x')");
            assertThat(log.readAll().taken()).containsExactly("INSERT t 1|null|null", "INSERT t 2|2|x");
            execute(server, "MINIMAL", "insert into d (id) values (1)");
            assertThatThrownBy(log::readAll)
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.ROW_IMAGE))
                    .hasMessageContaining("column n, which has a default");
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsTablesWithoutAKey(MySqlRelease release) throws SQLException {
        MySqlServer server =
                prepared(release, "create table t (a int, b text)", "insert into t values (1, 'x'), (1, 'x')");
        try (LogFollower log = LogFollower.open(server, database)) {
            execute(
                    server,
                    "FULL",
                    "insert into t values (2, 'y')",
                    "update t set a = 3 where a = 2",
                    "delete from t where a = 1 limit 1");
            assertThat(log.readAll().taken())
                    .containsExactly("INSERT t 2|y", "UPDATE_BEFORE t 2|y", "UPDATE_AFTER t 3|y", "DELETE t 1|x");
            execute(server, "MINIMAL", "update t set a = 4 where a = 3", "delete from t where a = 4");
            assertThat(log.readAll().taken())
                    .containsExactly("UPDATE_BEFORE t 3|y", "UPDATE_AFTER t 4|y", "DELETE t 4|y");
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesTheColumnAndRowOfAValueThatIsRefused(MySqlRelease release) throws SQLException {
        MySqlServer server = prepared(release, "create table t (id int primary key, d date)");
        try (LogFollower log = LogFollower.open(server, database)) {
            execute(server, "FULL", "set sql_mode = ''", "insert into t values (1, '2024-01-01'), (42, '0000-00-00')");
            assertThatThrownBy(log::readAll)
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.VALUE))
                    .hasMessageContaining("Column d of " + database + ".t, row (id=42), at binlog.");
            assertThat(log.taken()).isEmpty();
        }
    }

    @Test
    void refusesPartsOfJsonInCapturedTablesAlone() throws SQLException {
        MySqlServer server = prepared(
                MySqlRelease.MYSQL_8_0,
                "create table t (id int primary key, j json)",
                "insert into t values (1, '{\"a\": 1, \"b\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}')",
                "create database " + database + "other",
                "create table " + database + "other.o as select * from t");
        String update = " set j = json_set(j, '$.a', 2)";
        try (LogFollower log = LogFollower.open(server, database)) {
            execute(
                    server,
                    "FULL",
                    "set session binlog_row_value_options = 'PARTIAL_JSON'",
                    "update " + database + "other.o" + update,
                    "insert into t values (2, '[]')");
            assertThat(log.readAll().taken()).containsExactly("INSERT t 2|[]");
            execute(server, "FULL", "set session binlog_row_value_options = 'PARTIAL_JSON'", "update t" + update);
            assertThatThrownBy(log::readAll)
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.UNSUPPORTED))
                    .hasMessageContaining("JSON in " + database + ".t");
        }
    }
}
