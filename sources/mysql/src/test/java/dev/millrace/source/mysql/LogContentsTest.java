package dev.millrace.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.config.ConfigSection;
import dev.millrace.error.MillraceException;
import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.servers.MySqlSettings;
import dev.millrace.source.mysql.SourceHarness.Saved;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.spi.Checkable;
import dev.millrace.spi.Checkable.Finding;
import dev.millrace.spi.Checkable.Level;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext.ReadMode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers whose log leaves out what changes captured tables. */
class LogContentsTest {
    @TempDir
    Path spill;

    private static ConfigSection section(MySqlServer server, String tables, String... more) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("hostname", server.host());
        keys.put("port", Integer.toString(server.port()));
        keys.put("username", server.user());
        keys.put("sslmode", "disabled");
        keys.put("tables", tables);
        for (int i = 0; i < more.length; i += 2) {
            keys.put(more[i], more[i + 1]);
        }
        return TestServers.section(keys);
    }

    private static MySqlServer started(MySqlRelease release, String option, String value) throws SQLException {
        MySqlServer server = MySqlServer.started(
                MySqlSettings.of(release).with("server-id", "77").with(option, value));
        for (String database : List.of("shop", "fair")) {
            TestServers.execute(
                    server,
                    "create database " + database,
                    "create table " + database + ".t (id int primary key)",
                    "insert into " + database + ".t values (1)");
        }
        return server;
    }

    private List<Finding> errors(ConfigSection section) {
        try (Source source =
                new MySqlSourceFactory().create(section, MySqlDatabase.context(ReadMode.CONTINUOUS, spill))) {
            return ((Checkable) source)
                    .check().stream()
                            .filter(finding -> finding.level() == Level.ERROR)
                            .toList();
        }
    }

    private static void assertRefused(ThrowingCallable start, String... words) {
        assertThatThrownBy(start).isInstanceOfSatisfying(MillraceException.class, e -> {
            assertThat(e.code()).isEqualTo(MySqlError.SERVER);
            assertThat(e).hasMessageContainingAll(words);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "MYSQL_8_0, binlog-ignore-db, shop", "MYSQL_8_0, binlog-do-db, fair",
        "MARIADB_11_4, binlog-ignore-db, shop", "MARIADB_11_4, binlog-do-db, fair"
    })
    void refusesDatabasesThatTheLogLeavesOut(MySqlRelease release, String option, String value) throws SQLException {
        try (MySqlServer server = started(release, option, value)) {
            ConfigSection both = section(server, "shop.t, fair.t");

            assertThat(errors(both)).singleElement().satisfies(finding -> {
                assertThat(finding.subject()).isEqualTo(option);
                assertThat(finding.message()).contains("shop").doesNotContain("fair");
            });
            assertRefused(() -> SourceHarness.readToTheEnd(both, Optional.empty()), option, "shop");
            assertThat(SourceHarness.readToTheEnd(
                            section(server, "shop.t", "scan.startup.mode", "snapshot"), Optional.empty()))
                    .containsExactly("SNAPSHOT INSERT t 1");
            Saved saved = readThenSaved(section(server, "fair.t"));
            assertRefused(() -> SourceHarness.readToTheEnd(both, Optional.of(saved)), option, "shop");
        }
    }

    private static Saved readThenSaved(ConfigSection section) {
        try (SourceHarness harness = new SourceHarness(section, ReadMode.UNTIL_CAUGHT_UP, Optional.empty())) {
            harness.readRows(1);
            assertThat(harness.changes).containsExactly("SNAPSHOT INSERT t 1");
            return harness.checkpoint();
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesAReplicaThatDoesNotLogWhatItReplicates(MySqlRelease release) throws SQLException {
        try (MySqlServer server = started(release, "log-slave-updates", "OFF")) {
            ConfigSection section = section(server, "shop.t");
            assertThat(errors(section)).isEmpty();

            TestServers.execute(
                    server,
                    release.isMariaDb()
                            ? "change master 'branch' to master_host = '127.0.0.1', master_port = 1, master_user = 'root'"
                            : "change replication source to source_host = '127.0.0.1', source_port = 1, source_user = 'root'");

            assertThat(errors(section))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.subject()).isEqualTo("log_slave_updates"));
            assertRefused(() -> SourceHarness.readToTheEnd(section, Optional.empty()), "replica");
        }
    }

    @Test
    void asksMariaDbOnlyAsAUserWhoMay() throws SQLException {
        try (MySqlServer server = started(MySqlRelease.MARIADB_11_4, "log-slave-updates", "OFF")) {
            TestServers.execute(
                    server,
                    "change master to master_host = '127.0.0.1', master_port = 1, master_user = 'root'",
                    "create user cdc identified by 'secret'",
                    "grant select, reload, replication slave, binlog monitor on *.* to cdc");
            ConfigSection section = section(server, "shop.t", "username", "cdc", "password", "secret");

            assertThat(SourceHarness.readToTheEnd(section, Optional.empty())).containsExactly("SNAPSHOT INSERT t 1");
            TestServers.execute(server, "grant replica monitor on *.* to cdc");
            assertRefused(() -> SourceHarness.readToTheEnd(section, Optional.empty()), "replica");
        }
    }
}
