package dev.millrace.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.servers.MySqlRelease;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.snapshot.Epoch;
import dev.millrace.source.mysql.snapshot.EpochOpening;
import dev.millrace.source.mysql.snapshot.Locking;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.spi.Checkable;
import dev.millrace.spi.Checkable.Finding;
import dev.millrace.spi.Checkable.Level;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext.ReadMode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** XA transactions that are prepared where a pipeline begins: their rows are neither in the snapshot nor in the log behind it. */
class PreparedBeforeStartTest {
    @TempDir
    Path spill;

    /** @return its name, as statements take it */
    private static String prepare(MySqlDatabase database, String branch, String statement) throws SQLException {
        String name = "'" + database.name() + "'" + branch;
        database.execute("xa start " + name, statement, "xa end " + name, "xa prepare " + name);
        return name;
    }

    private static List<String> read(MySqlDatabase database, String... keys) {
        return SourceHarness.readToTheEnd(database.section("\\.*", keys), Optional.empty());
    }

    private List<Finding> warnings(MySqlDatabase database, String... keys) {
        try (Source source = new MySqlSourceFactory()
                .create(database.section("\\.*", keys), MySqlDatabase.context(ReadMode.CONTINUOUS, spill))) {
            return ((Checkable) source)
                    .check().stream()
                            .filter(finding -> finding.level() == Level.WARNING
                                    && !finding.subject().equals("TLS"))
                            .toList();
        }
    }

    private static void assertRefused(MySqlError code, String name, ThrowingCallable start) {
        assertThatThrownBy(start).isInstanceOfSatisfying(MillraceException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e).hasMessageContaining(name);
            assertThat(e.nextStep()).contains("XA COMMIT " + name + "; or XA ROLLBACK " + name + ";");
        });
    }

    @ParameterizedTest
    @EnumSource
    void keepAPipelineFromItsStart(MySqlRelease release) throws SQLException {
        try (MySqlDatabase database = MySqlDatabase.on(release)) {
            database.execute("create table t (id int primary key)", "insert into t values (1)");
            // MariaDB shows both parts in one form.
            String branch = release.isMariaDb() ? ",'two',77" : ",X'00ff27',77";
            String name = prepare(database, branch, "insert into t values (2)");
            try {
                assertRefused(MySqlError.LOCKED, name, () -> read(database));
                assertRefused(MySqlError.LOCKED, name, () -> read(database, "scan.startup.mode", "latest-offset"));
                assertRefused(
                        MySqlError.UNSUPPORTED, name, () -> read(database, "scan.startup.mode", "earliest-offset"));
                assertThat(read(database, "scan.startup.mode", "snapshot")).containsExactly("SNAPSHOT INSERT t 1");
                assertThat(warnings(database)).singleElement().satisfies(finding -> {
                    assertThat(finding.subject()).isEqualTo("XA transactions");
                    assertThat(finding.message()).contains(name);
                });
            } finally {
                database.execute("xa commit " + name);
            }
            assertThat(read(database)).containsExactlyInAnyOrder("SNAPSHOT INSERT t 1", "SNAPSHOT INSERT t 2");
            assertThat(warnings(database)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void areWaitedForAShortWhile(MySqlRelease release) throws SQLException {
        try (MySqlDatabase database = MySqlDatabase.on(release);
                ServerSession session = TestServers.session(database.server())) {
            database.execute("create table t (id int primary key)");
            String name = prepare(database, "", "insert into t values (1)");
            EpochOpening opening = new EpochOpening(() -> TestServers.session(database.server()), Locking.AUTO);
            List<String> attempts = new ArrayList<>();
            try (Epoch epoch = new QuietPlaces(session).epoch(() -> {
                Epoch opened = opening.open(1, List.of());
                attempts.add(opened.pending().toString());
                commit(database, name, attempts.size());
                return opened;
            })) {
                assertThat(attempts).containsExactly(name, "");
                assertThat(epoch.readers().getFirst().query("select id from " + database.name() + ".t"))
                        .containsExactly(List.of("1"));
            }
        }
    }

    private static void commit(MySqlDatabase database, String name, int attempt) {
        try {
            if (attempt == 1) {
                database.execute("xa commit " + name);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepTablesThatAreNewFromComingIn(MySqlRelease release) throws SQLException {
        try (MySqlDatabase database = MySqlDatabase.on(release)) {
            database.execute("create table a (id int primary key)", "insert into a values (1)");
            SourceHarness.Saved saved;
            try (SourceHarness harness =
                    new SourceHarness(database.section("\\.*"), ReadMode.UNTIL_CAUGHT_UP, Optional.empty())) {
                harness.readToTheEnd();
                saved = harness.checkpoint();
            }
            assertThat(SourceHarness.readToTheEnd(database.section("\\.*"), Optional.of(saved)))
                    .isEmpty();
            database.execute("create table b (id int primary key)");
            String name = prepare(database, "", "insert into b values (1)");
            try {
                assertRefused(
                        MySqlError.LOCKED,
                        name,
                        () -> SourceHarness.readToTheEnd(database.section("\\.*"), Optional.of(saved)));
            } finally {
                database.execute("xa commit " + name);
            }
        }
    }

    @Test
    void areNotSeenWithoutTheRight() throws SQLException {
        try (MySqlDatabase database = MySqlDatabase.on(MySqlRelease.MYSQL_8_0)) {
            String user = "cdc_" + database.name();
            String account = "'" + user + "'@'%'";
            String[] keys = {"username", user, "password", "secret"};
            database.execute(
                    "create table t (id int primary key)",
                    "create user " + account + " identified by 'secret'",
                    "grant select, reload, replication slave, replication client on *.* to " + account);
            String name = prepare(database, "", "insert into t values (1)");
            try {
                assertThat(read(database, keys)).isEmpty();
                Finding missing = warnings(database, keys).getFirst();
                assertThat(missing.subject()).isEqualTo("XA_RECOVER_ADMIN");
                database.execute(missing.fix().replaceAll(";$", ""));
                assertRefused(MySqlError.LOCKED, name, () -> read(database, keys));
            } finally {
                database.execute("xa rollback " + name, "drop user " + account);
            }
        }
    }
}
