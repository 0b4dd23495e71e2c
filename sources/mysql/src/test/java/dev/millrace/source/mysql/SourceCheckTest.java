package dev.millrace.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.servers.MySqlSettings;
import dev.millrace.spi.Checkable;
import dev.millrace.spi.Checkable.Finding;
import dev.millrace.spi.Checkable.Level;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext.ReadMode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code cdc check} finds, and that the statements it shows mend what it found. */
class SourceCheckTest {
    @TempDir
    Path spill;

    private List<Finding> check(MySqlDatabase database, String tables, String... more) {
        try (Source source = new MySqlSourceFactory()
                .create(database.section(tables, more), MySqlDatabase.context(ReadMode.CONTINUOUS, spill))) {
            return ((Checkable) source).check();
        }
    }

    private static Set<String> errors(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.level() == Level.ERROR)
                .map(Finding::subject)
                .collect(Collectors.toSet());
    }

    private static Finding about(List<Finding> findings, String subject) {
        return findings.stream()
                .filter(finding -> finding.subject().equals(subject))
                .findFirst()
                .orElseThrow(() -> new AssertionError(subject + " is not among " + findings));
    }

    @ParameterizedTest
    @EnumSource(MySqlRelease.class)
    void namesForeignKeysThatChangeRowsBehindTheLog(MySqlRelease release) throws SQLException {
        try (MySqlDatabase database = MySqlDatabase.on(release)) {
            database.execute(
                    "create table orders (id int primary key)",
                    "create table parts (id int primary key, o int, constraint parts_of foreign key (o) references orders (id)"
                            + " on delete cascade)",
                    "create table notes (id int primary key, o int, constraint notes_of foreign key (o) references orders (id))");

            assertThat(check(database, "\\.*"))
                    .filteredOn(finding -> finding.message().contains("are not in the server's log"))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.level()).isEqualTo(Level.WARNING);
                        assertThat(finding.subject()).endsWith(".parts");
                        assertThat(finding.message()).contains("parts_of", "ON DELETE CASCADE");
                    });
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlRelease.class)
    void hasNothingAgainstAServerThatIsReady(MySqlRelease release) throws SQLException {
        try (MySqlDatabase database = MySqlDatabase.on(release)) {
            database.execute("create table t (id int primary key, name varchar(10))", "create table heap (a int)");

            List<Finding> findings = check(database, "\\.*");

            assertThat(errors(findings)).isEmpty();
            assertThat(about(findings, "server").message())
                    .contains(release == MySqlRelease.MARIADB_11_4 ? "MariaDB 11.4" : "MySQL 8.0");
            assertThat(about(findings, "table " + database.name() + ".t").message())
                    .isEqualTo("key id");
            assertThat(about(findings, "table " + database.name() + ".heap")).satisfies(heap -> {
                assertThat(heap.level()).isEqualTo(Level.WARNING);
                assertThat(heap.message()).contains("no key");
            });
            assertThat(about(findings, "TLS").level()).isEqualTo(Level.WARNING);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MYSQL_8_0, auto", "MYSQL_8_0, global", "MYSQL_8_0, table",
        "MARIADB_11_4, auto", "MARIADB_11_4, global", "MARIADB_11_4, table"
    })
    void showsTheGrantsThatAreMissing(MySqlRelease release, String locking) throws SQLException {
        try (MySqlDatabase database = MySqlDatabase.on(release)) {
            String user = "cdc_" + database.name();
            database.execute(
                    "create table t (id int primary key)",
                    "create table `a``b` (id int primary key, b int)",
                    "create user '" + user + "'@'%' identified by 'secret'",
                    "grant insert on " + database.name() + ".* to '" + user + "'@'%'");
            String[] keys = {"username", user, "password", "secret", "snapshot.locking", locking};

            List<Finding> findings = check(database, "\\.*", keys);

            assertThat(errors(findings))
                    .contains(
                            "REPLICATION SLAVE",
                            "table " + database.name() + ".t",
                            "table " + database.name() + ".a`b");
            for (Finding finding : findings) {
                if (finding.fix().startsWith("GRANT")) {
                    database.execute(finding.fix().replaceAll(";$", ""));
                }
            }
            assertThat(errors(check(database, "\\.*", keys))).isEmpty();
            database.execute("drop user '" + user + "'@'%'");
        }
    }

    @Test
    void countsTheRightsOfActiveRoles() throws SQLException {
        for (MySqlRelease release : MySqlRelease.values()) {
            try (MySqlDatabase database = MySqlDatabase.on(release)) {
                String user = "'cdc_" + database.name() + "'@'%'";
                String role = "role_" + database.name();
                boolean mariaDb = release == MySqlRelease.MARIADB_11_4;
                database.execute(
                        "create table t (id int primary key)",
                        "create role " + role,
                        "grant select, reload, replication slave, "
                                + (mariaDb ? "binlog monitor" : "replication client") + " on *.* to " + role,
                        "create user " + user + " identified by 'secret'",
                        "grant " + role + " to " + user,
                        mariaDb ? "set default role " + role + " for " + user : "set default role all to " + user);

                assertThat(errors(check(database, "\\.*", "username", "cdc_" + database.name(), "password", "secret")))
                        .isEmpty();
                database.execute("drop user " + user, "drop role " + role);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlRelease.class)
    void saysWhatTheLogLacks(MySqlRelease release) throws SQLException {
        MySqlSettings settings = MySqlSettings.of(release)
                .with("binlog-format", "MIXED")
                .with("binlog-row-image", "MINIMAL")
                .with("binlog-row-metadata", "MINIMAL")
                .with("binlog-expire-logs-seconds", "3600");
        try (MySqlServer server = MySqlServer.started(settings);
                MySqlDatabase database = MySqlDatabase.on(server)) {
            database.execute(
                    "create table t (id int primary key)", "create table old (id int primary key) engine = MyISAM");

            List<Finding> findings = check(database, "\\.*", "server-id", serverId(database));

            assertThat(errors(findings))
                    .containsExactlyInAnyOrder("binlog_format", "server-id", "table " + database.name() + ".old");
            assertThat(about(findings, "table " + database.name() + ".old").fix())
                    .contains("ENGINE = InnoDB");
            assertThat(about(findings, "binlog_row_image").message()).contains("MINIMAL");
            assertThat(about(findings, "binlog_row_metadata").level()).isEqualTo(Level.WARNING);
            assertThat(about(findings, "log retention")).satisfies(retention -> {
                assertThat(retention.level()).isEqualTo(Level.WARNING);
                assertThat(retention.message()).contains("1 hours");
            });
            for (Finding finding : findings) {
                if (finding.subject().startsWith("binlog_") || finding.subject().equals("log retention")) {
                    database.execute(finding.fix().split(";", 2)[0]);
                }
            }
            assertThat(check(database, "t"))
                    .filteredOn(finding -> finding.level() != Level.OK)
                    .extracting(Finding::subject)
                    .containsExactlyInAnyOrder("TLS");
        }
    }

    private static String serverId(MySqlDatabase database) throws SQLException {
        return database.query("select @@global.server_id").getFirst();
    }

    @Test
    void saysThatThereIsNoLogAndNoSuchTable() throws SQLException {
        MySqlSettings settings = MySqlSettings.of(MySqlRelease.MYSQL_8_0)
                .with("skip-log-bin", "")
                .with("gtid-mode", "OFF")
                .with("enforce-gtid-consistency", "OFF");
        try (MySqlServer server = MySqlServer.started(settings);
                MySqlDatabase database = MySqlDatabase.on(server)) {
            assertThat(errors(check(database, "nothing"))).containsExactlyInAnyOrder("log_bin", "tables");
        }
    }

    @Test
    void saysWhenNobodyAnswers() throws SQLException {
        try (MySqlDatabase database = MySqlDatabase.on(MySqlRelease.MYSQL_8_0)) {
            assertThat(check(database, "t", "port", "1"))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.subject()).isEqualTo("connection"));
        }
    }
}
