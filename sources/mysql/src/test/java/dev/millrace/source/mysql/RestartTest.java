package dev.millrace.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.SchemaChange;
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
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How reading goes on from a checkpoint. */
class RestartTest {
    private static final int ROWS = 2_000;
    private static final String[] LOG_ONLY = {"scan.startup.mode", "latest-offset"};
    private static final String[] SMALL_CHUNKS = {"scan.incremental.snapshot.chunk.size", "200"};

    @TempDir
    Path spill;

    private static void createWide(MySqlDatabase database, String key) throws SQLException {
        database.execute(
                "create table wide (id " + key + ", version int, filler varchar(2000))",
                "set session cte_max_recursion_depth = 10000"
                        .replace(
                                "cte_max_recursion_depth",
                                database.server().release().isMariaDb()
                                        ? "max_recursive_iterations"
                                        : "cte_max_recursion_depth"),
                "insert into wide with recursive s (n) as (select 1 union all select n + 1 from s where n < " + ROWS
                        + ") select n, 0, repeat('x', 300) from s",
                "analyze table wide");
    }

    /** Reads some of it, and takes a checkpoint. */
    private static Saved interrupted(MySqlDatabase database) {
        try (SourceHarness harness =
                new SourceHarness(database.section("\\.*", SMALL_CHUNKS), ReadMode.UNTIL_CAUGHT_UP, Optional.empty())) {
            harness.readRows(500);
            Saved saved = harness.checkpoint();
            assertThat(harness.changes).hasSizeBetween(500, ROWS - 200);
            return saved;
        }
    }

    /** Reads all of it, and the log. */
    private static Saved caughtUp(MySqlDatabase database, String tables, String... keys) {
        try (SourceHarness harness =
                new SourceHarness(database.section(tables, keys), ReadMode.UNTIL_CAUGHT_UP, Optional.empty())) {
            harness.readToTheEnd();
            return harness.checkpoint();
        }
    }

    private static SourceHarness goOn(MySqlDatabase database, Saved saved, String tables, String... keys) {
        SourceHarness harness =
                new SourceHarness(database.section(tables, keys), ReadMode.UNTIL_CAUGHT_UP, Optional.of(saved));
        try {
            harness.readToTheEnd();
            return harness;
        } catch (RuntimeException | AssertionError e) {
            harness.close();
            throw e;
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlRelease.class)
    void readsTheRestInANewEpochAndSkipsWhatItHolds(MySqlRelease release) throws SQLException {
        try (MySqlDatabase database = MySqlDatabase.on(release)) {
            createWide(database, "bigint primary key");
            Saved saved = interrupted(database);
            database.execute("update wide set version = 1");
            try (SourceHarness harness = goOn(database, saved, "\\.*", SMALL_CHUNKS)) {
                List<String> read = harness.changes.stream()
                        .filter(change -> change.startsWith("SNAPSHOT"))
                        .toList();
                List<String> updated = harness.changes.stream()
                        .filter(change -> change.startsWith("LOG UPDATE_AFTER"))
                        .toList();

                assertThat(harness.openingChanges).noneMatch(SchemaChange.TruncateTable.class::isInstance);
                assertThat(read).hasSizeBetween(200, ROWS - 500).allMatch(row -> row.contains("|1|"));
                assertThat(updated).as("only of rows that were read before").hasSize(ROWS - read.size());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"varchar(40) collate utf8mb4_general_ci primary key"})
    void beginsATableAnewWhoseOrderOnlyTheServerKnows(String key) throws SQLException {
        try (MySqlDatabase database = MySqlDatabase.on(MySqlRelease.MYSQL_8_0)) {
            createWide(database, key);
            Saved saved = interrupted(database);
            database.execute("update wide set version = 1");
            try (SourceHarness harness = goOn(database, saved, "\\.*", SMALL_CHUNKS)) {
                assertThat(harness.openingChanges)
                        .hasExactlyElementsOfTypes(SchemaChange.CreateTable.class, SchemaChange.TruncateTable.class);
                assertThat(harness.changes)
                        .hasSize(ROWS)
                        .allMatch(row -> row.startsWith("SNAPSHOT") && row.contains("|1|"));
            }
        }
    }

    @Test
    void beginsATableAnewThatWasRebuiltBetweenTwoEpochs() throws SQLException {
        try (MySqlDatabase database = MySqlDatabase.on(MySqlRelease.MYSQL_8_0)) {
            createWide(database, "bigint primary key");
            database.query("select sleep(1.1)");
            Saved saved = interrupted(database);
            database.execute("alter table wide engine = InnoDB");
            try (SourceHarness harness = goOn(database, saved, "\\.*", SMALL_CHUNKS)) {
                assertThat(harness.openingChanges).hasAtLeastOneElementOfType(SchemaChange.TruncateTable.class);
                assertThat(harness.changes).hasSize(ROWS);
            }
        }
    }

    @Test
    void stopsBeforeATruncationBetweenTwoPartsOfASnapshotAndSaysTheWayOut() throws SQLException {
        try (MySqlDatabase database = MySqlDatabase.on(MySqlRelease.MYSQL_8_0)) {
            createWide(database, "bigint primary key");
            database.execute("create table other (id int primary key)");
            Saved saved = interrupted(database);
            database.execute("truncate wide", "insert into wide values (1999, 9, 'after')");

            assertThatThrownBy(() -> goOn(database, saved, "\\.*", SMALL_CHUNKS))
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            e -> assertThat(e.nextStep()).contains("tables.exclude"))
                    .hasMessageContaining("truncated");
            Saved without;
            try (SourceHarness harness = goOn(database, saved, "\\.*", "tables.exclude", database.name() + ".wide")) {
                without = harness.checkpoint();
            }
            try (SourceHarness harness = goOn(database, without, "\\.*", SMALL_CHUNKS)) {
                assertThat(harness.openingChanges).hasAtLeastOneElementOfType(SchemaChange.TruncateTable.class);
                assertThat(harness.changes).containsExactly("SNAPSHOT INSERT wide 1999|9|after");
            }
        }
    }

    @Test
    void passesOverWhatWasDoneToATableBeforeItsSnapshot() throws SQLException {
        try (MySqlDatabase database = MySqlDatabase.on(MySqlRelease.MYSQL_8_0)) {
            database.execute("create table a (id int primary key)");
            Saved saved = caughtUp(database, "\\.*");
            database.execute(
                    "create table b (id int primary key, old int)",
                    "insert into b values (1, 1)",
                    "truncate b",
                    "drop table b",
                    "create table b (id int primary key)",
                    "alter table b add name varchar(10)",
                    "insert into b values (2, 'two')");
            try (SourceHarness harness = goOn(database, saved, "\\.*")) {
                assertThat(harness.changes).containsExactly("SNAPSHOT INSERT b 2|two");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlRelease.class)
    void goesOnWithTheLog(MySqlRelease release) throws SQLException {
        try (MySqlDatabase database = MySqlDatabase.on(release)) {
            database.execute("create table t (id int primary key)", "insert into t values (1)");
            Saved saved = caughtUp(database, "\\.*");
            database.execute("insert into t values (2)");
            try (SourceHarness harness = goOn(database, saved, "\\.*")) {
                assertThat(harness.changes).containsExactly("LOG INSERT t 2");
                Saved later = harness.checkpoint();
                try (SourceHarness again = goOn(database, later, "\\.*")) {
                    assertThat(again.changes).isEmpty();
                }
            }
        }
    }

    @Test
    void takesNewTablesInAndLetsGoOfThoseThatNoLongerMatch() throws SQLException {
        try (MySqlDatabase database = MySqlDatabase.on(MySqlRelease.MYSQL_8_0)) {
            database.execute("create table a (id int primary key)", "insert into a values (1)");
            Saved saved = caughtUp(database, "\\.*");
            database.execute(
                    "insert into a values (2)",
                    "create table b (id int primary key)",
                    "insert into b values (1)",
                    "insert into a values (3)",
                    "delete from b");
            database.execute("insert into b values (7)");
            Saved withBoth;
            try (SourceHarness harness = goOn(database, saved, "\\.*")) {
                assertThat(harness.changes).containsExactly("SNAPSHOT INSERT b 7", "LOG INSERT a 2", "LOG INSERT a 3");
                withBoth = harness.checkpoint();
            }
            database.execute("insert into a values (4)", "insert into b values (8)");
            Saved withoutA;
            try (SourceHarness harness = goOn(database, withBoth, "b")) {
                assertThat(harness.changes).containsExactly("LOG INSERT b 8");
                withoutA = harness.checkpoint();
            }
            try (SourceHarness harness = goOn(database, withoutA, "\\.*")) {
                assertThat(harness.openingChanges)
                        .filteredOn(SchemaChange.TruncateTable.class::isInstance)
                        .extracting(change -> change.table().name())
                        .containsExactly("a");
                assertThat(harness.changes).hasSize(4).allMatch(change -> change.startsWith("SNAPSHOT INSERT a "));
            }
        }
    }

    @Test
    void readsTheLogOfATableThatTakesAnothersPlace() throws SQLException {
        try (MySqlDatabase database = MySqlDatabase.on(MySqlRelease.MYSQL_8_0)) {
            database.execute(
                    "create table a (id int primary key)",
                    "create table b (id int primary key)",
                    "create table c (id int primary key)");
            Saved saved = caughtUp(database, "(a|b)", LOG_ONLY);
            Saved swapped;
            try (SourceHarness harness = goOn(database, saved, "(a|c)", LOG_ONLY)) {
                swapped = harness.checkpoint();
            }
            database.execute("insert into a values (1)", "insert into b values (2)", "insert into c values (3)");
            try (SourceHarness harness = goOn(database, swapped, "(a|c)", LOG_ONLY)) {
                assertThat(harness.changes).containsExactly("LOG INSERT a 1", "LOG INSERT c 3");
            }
        }
    }

    @Test
    void leavesTheRowsOfATableThatReturnsWhereNoRowsAreRead() throws SQLException {
        try (MySqlDatabase database = MySqlDatabase.on(MySqlRelease.MYSQL_8_0)) {
            database.execute("create table a (id int primary key)", "create table b (id int primary key)");
            Saved saved = caughtUp(database, "(a|b)", LOG_ONLY);
            Saved without;
            try (SourceHarness harness = goOn(database, saved, "a", LOG_ONLY)) {
                without = harness.checkpoint();
            }
            try (SourceHarness harness = goOn(database, without, "(a|b)", LOG_ONLY)) {
                assertThat(harness.openingChanges).hasSize(2).hasOnlyElementsOfType(SchemaChange.CreateTable.class);
                without = harness.checkpoint();
            }
            database.execute("insert into b values (1)");
            try (SourceHarness harness = goOn(database, without, "(a|b)", LOG_ONLY)) {
                assertThat(harness.changes).containsExactly("LOG INSERT b 1");
            }
        }
    }

    @Test
    void namesTablesThatAreGoneOrAnother() throws SQLException {
        try (MySqlDatabase database = MySqlDatabase.on(MySqlRelease.MYSQL_8_0)) {
            database.execute(
                    "create table a (id int primary key, name varchar(10))",
                    "create table b (id int primary key)",
                    "insert into a values (1, 'one')");
            Saved saved = caughtUp(database, "\\.*");

            database.execute("alter table a modify name varchar(20)");
            assertThatThrownBy(() -> goOn(database, saved, "\\.*"))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.SCHEMA))
                    .hasMessageContaining(database.name() + ".a")
                    .hasMessageContaining("varchar(20)");
            assertThat(checkFindings(database, saved)).contains("going on from the state");

            database.execute("drop table b");
            assertCode(MySqlError.SCHEMA, () -> goOn(database, saved, "b"));
            assertCode(MySqlError.TABLES, () -> goOn(database, saved, "c"));
        }
    }

    private List<String> checkFindings(MySqlDatabase database, Saved saved) {
        try (Source source = new MySqlSourceFactory()
                .create(database.section("\\.*"), MySqlDatabase.context(ReadMode.CONTINUOUS, spill))) {
            return ((Checkable) source)
                    .check(saved.state()).stream()
                            .filter(finding -> finding.level() == Level.ERROR)
                            .map(Finding::subject)
                            .toList();
        }
    }

    @Test
    void needsNothingOfThePurgedLogForASnapshotAlone() throws SQLException {
        String[] keys = {"scan.startup.mode", "snapshot", "scan.incremental.snapshot.chunk.size", "200"};
        try (MySqlServer server = MySqlServer.started(MySqlSettings.of(MySqlRelease.MYSQL_8_0));
                MySqlDatabase database = MySqlDatabase.on(server)) {
            createWide(database, "bigint primary key");
            Saved saved;
            try (SourceHarness harness =
                    new SourceHarness(database.section("\\.*", keys), ReadMode.CONTINUOUS, Optional.empty())) {
                harness.readRows(500);
                saved = harness.checkpoint();
            }
            database.execute("flush binary logs");
            database.execute("purge binary logs to '"
                    + database.query("show binary logs").getLast() + "'");
            try (SourceHarness harness = goOn(database, saved, "\\.*", keys)) {
                assertThat(harness.openingChanges).hasAtLeastOneElementOfType(SchemaChange.TruncateTable.class);
                assertThat(harness.changes).as("all in one epoch").hasSize(ROWS);
            }
        }
    }

    @Test
    void saysThatTheLogWasPurged() throws SQLException {
        try (MySqlServer server = MySqlServer.started(MySqlSettings.of(MySqlRelease.MYSQL_8_0));
                MySqlDatabase database = MySqlDatabase.on(server)) {
            database.execute("create table t (id int primary key)");
            Saved saved = caughtUp(database, "\\.*");
            database.execute("insert into t values (1)", "flush binary logs");
            String last = database.query("show binary logs").getLast();
            database.execute("purge binary logs to '" + last + "'");

            assertCode(MySqlError.LOG_LOST, () -> goOn(database, saved, "\\.*"));
            assertThat(checkFindings(database, saved)).containsExactly("going on from the state");
        }
    }

    @Test
    void refusesAServerThatDoesNotKnowWhatWasRead() throws SQLException {
        try (MySqlServer one = MySqlServer.started(MySqlSettings.of(MySqlRelease.MYSQL_8_0));
                MySqlServer other = MySqlServer.started(MySqlSettings.of(MySqlRelease.MYSQL_8_0))) {
            try (MySqlDatabase database = MySqlDatabase.on(one)) {
                TestServers.execute(other, "create database " + database.name());
                database.execute("create table t (id int primary key)");
                TestServers.execute(other, "create table " + database.name() + ".t (id int primary key)");
                Saved saved = caughtUp(database, "\\.*");

                assertCode(
                        MySqlError.HISTORY,
                        () -> goOn(database, saved, "\\.*", "port", Integer.toString(other.port())));
            }
        }
    }

    @Test
    void refusesAServerThatLacksWhatALaterPartOfTheSnapshotHolds() throws SQLException {
        try (MySqlServer one = MySqlServer.started(MySqlSettings.of(MySqlRelease.MYSQL_8_0));
                MySqlServer other = MySqlServer.started(MySqlSettings.of(MySqlRelease.MYSQL_8_0));
                MySqlDatabase database = MySqlDatabase.on(one)) {
            database.execute("create table a (id int primary key)");
            Saved saved = caughtUp(database, "\\.*");
            String known = database.query("select @@global.gtid_executed").getFirst();
            TestServers.execute(
                    other,
                    "create database " + database.name(),
                    "create table " + database.name() + ".a (id int primary key)",
                    "create table " + database.name() + ".b (id int primary key)",
                    "reset master",
                    "set global gtid_purged = '" + known + "'");
            database.execute("create table b (id int primary key)", "insert into b values (1)");
            String lacking = database.query("select gtid_subtract(@@global.gtid_executed, '" + known + "')")
                    .getFirst();
            Saved before;
            Saved behind;
            try (SourceHarness harness =
                    new SourceHarness(database.section("\\.*"), ReadMode.UNTIL_CAUGHT_UP, Optional.of(saved))) {
                before = harness.checkpoint();
                while (!harness.readsTheLog()) {
                    harness.step();
                }
                behind = harness.checkpoint();
            }

            for (Saved each : List.of(before, behind)) {
                assertThatThrownBy(() -> goOn(database, each, "\\.*", "port", Integer.toString(other.port())))
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(MySqlError.HISTORY))
                        .hasMessageContaining(" does not know the transactions " + lacking + ",");
            }
        }
    }

    @Test
    void refusesAServerWhoseLogEndsBeforeWhereItWasRead() throws SQLException {
        MySqlSettings withoutGtids = MySqlSettings.of(MySqlRelease.MYSQL_8_0)
                .with("gtid-mode", "OFF")
                .with("enforce-gtid-consistency", "OFF");
        try (MySqlServer server = MySqlServer.started(withoutGtids);
                MySqlDatabase database = MySqlDatabase.on(server)) {
            database.execute("create table t (id int primary key)");
            Saved saved = caughtUp(database, "\\.*");
            database.execute("reset master");

            assertCode(MySqlError.HISTORY, () -> goOn(database, saved, "\\.*"));
        }
    }

    private static void assertCode(MySqlError code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
