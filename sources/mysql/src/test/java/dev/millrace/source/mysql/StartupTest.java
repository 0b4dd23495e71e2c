package dev.millrace.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.servers.MySqlSettings;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.spi.SourceContext.ReadMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a pipeline without state begins. */
class StartupTest {
    private static List<String> read(MySqlDatabase database, String... keys) {
        return SourceHarness.readToTheEnd(database.section("\\.*", keys), Optional.empty());
    }

    private static List<String> read(MySqlDatabase database, String mode, String[] more) {
        List<String> keys = new ArrayList<>(List.of("scan.startup.mode", mode));
        keys.addAll(Arrays.asList(more));
        return read(database, keys.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"MYSQL_8_0, true", "MYSQL_8_0, false", "MARIADB_11_4, true"})
    void beginsWhereItIsTold(MySqlRelease release, boolean gtids) throws SQLException {
        MySqlSettings settings = MySqlSettings.of(release);
        if (!gtids) {
            settings = settings.with("gtid-mode", "OFF").with("enforce-gtid-consistency", "OFF");
        }
        try (MySqlServer server = MySqlServer.started(settings);
                MySqlDatabase database = MySqlDatabase.on(server)) {
            database.execute("create table t (id int primary key)", "insert into t values (1)", "flush binary logs");
            database.execute("insert into t values (2)");
            String file = database.query("show binary logs").getLast();
            long millis = nextSecond(database);
            long offset = Long.parseLong(offset(database));
            database.execute("insert into t values (3)", "flush binary logs", "insert into t values (4)");

            assertThat(read(database)).hasSize(4).allMatch(change -> change.startsWith("SNAPSHOT INSERT t "));
            assertThat(read(database, "scan.startup.mode", "snapshot")).hasSize(4);
            assertThat(read(database, "scan.startup.mode", "latest-offset")).isEmpty();
            assertThat(read(database, "scan.startup.mode", "earliest-offset"))
                    .containsExactly("LOG INSERT t 1", "LOG INSERT t 2", "LOG INSERT t 3", "LOG INSERT t 4");
            assertThat(read(database, "specific-offset", new String[] {
                        "scan.startup.specific-offset.file",
                        file,
                        "scan.startup.specific-offset.pos",
                        Long.toString(offset)
                    }))
                    .containsExactly("LOG INSERT t 3", "LOG INSERT t 4");
            assertThat(read(database, "specific-offset", new String[] {"scan.startup.specific-offset.file", file}))
                    .containsExactly("LOG INSERT t 2", "LOG INSERT t 3", "LOG INSERT t 4");
            assertThat(read(database, "timestamp", new String[] {"scan.startup.timestamp-millis", Long.toString(millis)
                    }))
                    .containsExactly("LOG INSERT t 3", "LOG INSERT t 4");
            assertThat(read(database, "timestamp", new String[] {"scan.startup.timestamp-millis", "1000"}))
                    .hasSize(4);
            assertThat(read(database, "timestamp", new String[] {
                        "scan.startup.timestamp-millis", Long.toString(millis + 3_600_000)
                    }))
                    .isEmpty();
        }
    }

    /** Waits for the server's clock: MariaDB's log knows full seconds alone. */
    private static long nextSecond(MySqlDatabase database) throws SQLException {
        return Long.parseLong(database.query("select sleep(2) + unix_timestamp(now()) * 1000 + 1000")
                .getFirst());
    }

    private static String offset(MySqlDatabase database) throws SQLException {
        return TestServers.query(database.server(), "show master status", 2).getFirst();
    }

    @ParameterizedTest
    @EnumSource(MySqlRelease.class)
    void beginsAfterTransactions(MySqlRelease release) throws SQLException {
        try (MySqlServer server = MySqlServer.started(MySqlSettings.of(release));
                MySqlDatabase database = MySqlDatabase.on(server)) {
            database.execute("create table t (id int primary key)", "insert into t values (1)");
            String executed = database.query(
                            release.isMariaDb() ? "select @@gtid_current_pos" : "select @@global.gtid_executed")
                    .getFirst();
            database.execute("insert into t values (2)");

            assertThat(read(database, "specific-offset", new String[] {"scan.startup.specific-offset.gtid-set", executed
                    }))
                    .containsExactly("LOG INSERT t 2");
        }
    }

    @Test
    void endsInAFileThatHoldsNoTransactionYet() throws SQLException {
        try (MySqlServer server = MySqlServer.started(MySqlSettings.of(MySqlRelease.MYSQL_8_0));
                MySqlDatabase database = MySqlDatabase.on(server)) {
            database.execute("create table t (id int primary key)");
            String file = database.query("show binary logs").getLast();
            database.execute("insert into t values (1)", "flush binary logs");

            assertThat(read(database, "specific-offset", new String[] {"scan.startup.specific-offset.file", file}))
                    .containsExactly("LOG INSERT t 1");
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlRelease.class)
    void knowsHowFarItIsCompleteWhereOnlyOthersWriteMeanwhile(MySqlRelease release) throws SQLException {
        try (MySqlDatabase database = MySqlDatabase.on(release)) {
            database.execute("create table t (id int primary key)", "create table foreign_to_us (id int)");
            for (String mode : List.of("initial", "latest-offset")) {
                long begun = System.currentTimeMillis() * 1000;
                try (SourceHarness harness = new SourceHarness(
                        database.section("t", "scan.startup.mode", mode), ReadMode.UNTIL_CAUGHT_UP, Optional.empty())) {
                    database.execute("set time_zone = '+05:00'", "insert into foreign_to_us values (1)");
                    harness.readToTheEnd();
                    assertThat(harness.changes).isEmpty();
                    assertThat(harness.completeMicros).isBetween(begun - 1_100_000, System.currentTimeMillis() * 1000);
                }
            }
        }
    }

    @Test
    void saysWhereTheLogBeginsIfThePlaceIsGone() throws SQLException {
        try (MySqlDatabase database = MySqlDatabase.on(MySqlRelease.MYSQL_8_0)) {
            database.execute("create table t (id int primary key)");
            assertThatThrownBy(() -> read(database, "specific-offset", new String[] {
                        "scan.startup.specific-offset.file", "binlog.999999"
                    }))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.LOG_LOST))
                    .hasMessageContaining("binlog.999999");
        }
    }

    @Test
    void refusesWhatCannotBeReadBeforeItBegins() throws SQLException {
        try (MySqlDatabase database = MySqlDatabase.on(MySqlRelease.MYSQL_8_0)) {
            database.execute("create table t (id int primary key) engine = MyISAM");

            assertCode(MySqlError.TABLES, () -> read(database));
            assertThat(read(database, "scan.startup.mode", "latest-offset")).isEmpty();
            assertCode(MySqlError.TABLES, () -> SourceHarness.readToTheEnd(database.section("none"), Optional.empty()));
            assertCode(MySqlError.ADDRESS, () -> read(database, "port", "1"));
            assertCode(MySqlError.LOGIN, () -> read(database, "username", "nobody"));
        }
    }

    private static void assertCode(MySqlError code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
