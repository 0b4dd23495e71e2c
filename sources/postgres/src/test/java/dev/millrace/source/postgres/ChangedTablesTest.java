package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.SnapshotHarness.Saved;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.split.EnumeratorState;
import dev.millrace.spi.SourceContext.ReadMode;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts that find other tables than the state knows. */
@Timeout(120)
class ChangedTablesTest {
    private static SnapshotHarness start(TestDatabase database, String tables, Optional<Saved> saved, String... more)
            throws SQLException {
        database.awaitFreeSlots();
        return new SnapshotHarness(database.section(tables, more), 2, saved, ReadMode.UNTIL_CAUGHT_UP);
    }

    /** A pipeline that has read these tables and the log behind them. */
    private static Saved caughtUp(TestDatabase database, String tables, String... more) throws SQLException {
        try (SnapshotHarness harness = start(database, tables, Optional.empty(), more)) {
            harness.readAll();
            harness.followLog();
            return harness.checkpoint();
        }
    }

    private static List<String> published(TestDatabase database) throws Exception {
        return database.query("select tablename from pg_publication_tables order by 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void readsANewTableWhoseLogBeginsWhereItsSnapshotEnds(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute("create table old (a int primary key)", "insert into old values (1)");
            Saved saved = caughtUp(database, "\\.*");
            database.execute(
                    "create table fresh (a int primary key, b text)",
                    "insert into fresh values (1, 'before')",
                    "insert into old values (2)");
            Saved between;
            try (SnapshotHarness harness = start(database, "\\.*", Optional.of(saved))) {
                assertThat(harness.openingChanges)
                        .hasExactlyElementsOfTypes(SchemaChange.CreateTable.class, SchemaChange.CreateTable.class);
                between = harness.checkpoint();
            }
            database.execute("update fresh set b = 'after' where a = 1", "insert into fresh values (2, 'after')");
            try (SnapshotHarness harness = start(database, "\\.*", Optional.of(between))) {
                database.execute("insert into fresh values (3, 'late')", "insert into old values (3)");
                harness.readAll();
                assertThat(harness.sorted(database.name(), "fresh")).containsExactly("1|after", "2|after");
                assertThat(harness.sorted(database.name(), "old")).isEmpty();
                assertThat(harness.log().consistentPlace())
                        .isGreaterThan(harness.log().startPlace());
                assertThat(harness.followLog()).containsExactly("INSERT old 2");
                saved = harness.checkpoint();
            }
            assertThat(published(database)).containsExactly("fresh", "old");
            try (SnapshotHarness harness = start(database, "\\.*", Optional.of(saved))) {
                harness.readAll();
                assertThat(harness.followLog()).containsExactlyInAnyOrder("INSERT fresh 3|late", "INSERT old 3");
            }
        }
    }

    @Test
    void beginsANewTableInTheLogWhereTheFileWantsNoSnapshot() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute("create table old (a int primary key)");
            String[] latest = {"scan.startup.mode", "latest-offset"};
            Saved saved = caughtUp(database, "\\.*", latest);
            database.execute("create table fresh (a int primary key)", "insert into fresh values (1)");
            try (SnapshotHarness harness = start(database, "\\.*", Optional.of(saved), latest)) {
                database.execute("insert into fresh values (2)");
                harness.readAll();
                saved = harness.checkpoint();
                assertThat(harness.rows).isEmpty();
            }
            try (SnapshotHarness harness = start(database, "\\.*", Optional.of(saved), latest)) {
                harness.readAll();
                assertThat(harness.followLog()).containsExactly("INSERT fresh 2");
            }
        }
    }

    @Test
    void refusesANewTableThatCannotBeCaptured() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute("create table old (a int primary key)");
            Saved saved = caughtUp(database, "\\.*");
            database.execute("create table fresh (a int)");
            assertThatThrownBy(() -> start(database, "\\.*", Optional.of(saved)))
                    .isInstanceOfSatisfying(MillraceException.class, e -> {
                        assertThat(e.code()).isEqualTo(PostgresError.REPLICA_IDENTITY);
                        assertThat(e.nextStep()).contains("tables.exclude");
                    })
                    .hasMessageContaining("public.fresh");
            assertThat(published(database)).containsExactly("old");
        }
    }

    @Test
    void namesTablesThatAreGoneAndGoesOnWithoutThemOnceTheyAreExcluded() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute(
                    "create table a (a int primary key)",
                    "create table b (a int primary key)",
                    "create table c (a int primary key)");
            Saved saved = caughtUp(database, "\\.*");
            database.execute("insert into a values (1)", "insert into b values (1)", "drop table b, c");
            assertThatThrownBy(() -> start(database, "\\.*", Optional.of(saved)))
                    .isInstanceOfSatisfying(MillraceException.class, e -> {
                        assertThat(e.code()).isEqualTo(PostgresError.SCHEMA);
                        assertThat(e.nextStep()).contains("tables.exclude");
                    })
                    .hasMessageContaining(".public.b, ")
                    .hasMessageContaining(".public.c ");
            try (SnapshotHarness harness =
                    start(database, "\\.*", Optional.of(saved), "tables.exclude", database.name() + ".public.[bc]")) {
                assertThat(harness.openingChanges).hasSize(1);
                harness.readAll();
                assertThat(harness.followLog()).containsExactly("INSERT a 1");
            }
        }
    }

    @Test
    void emptiesATableThatWasTakenOutAndComesBack() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute(
                    "create table a (a int primary key)",
                    "create table b (a int primary key)",
                    "insert into b values (1)");
            Saved saved = caughtUp(database, "\\.*");
            try (SnapshotHarness harness = start(database, "a", Optional.of(saved))) {
                harness.readAll();
                assertThat(published(database)).containsExactly("a", "b");
                harness.followLog();
                saved = harness.checkpoint();
                assertThat(EnumeratorState.of(saved.state()).former())
                        .containsExactly(new TableId(database.name(), "public", "b"));
            }
            try (SnapshotHarness harness = start(database, "a", Optional.of(saved))) {
                assertThat(published(database)).containsExactly("a");
                saved = harness.checkpoint();
            }
            database.execute("delete from b", "insert into b values (2)");
            try (SnapshotHarness harness = start(database, "\\.*", Optional.of(saved))) {
                assertThat(harness.openingChanges)
                        .contains(new SchemaChange.TruncateTable(new TableId(database.name(), "public", "b")));
                harness.readAll();
                assertThat(harness.sorted(database.name(), "b")).containsExactly("2");
                assertThat(harness.followLog()).isEmpty();
                assertThat(EnumeratorState.of(harness.checkpoint().state()).former())
                        .isEmpty();
            }
        }
    }

    @Test
    void readsATableOfAnotherShapeAgainAfterARunWithoutIt() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute(
                    "create table a (a int primary key)",
                    "create table b (a int primary key)",
                    "insert into b values (1)");
            Saved before = caughtUp(database, "\\.*");
            database.execute(
                    "alter table b add column n int default 7",
                    "insert into b values (2, 8)",
                    "insert into a values (1)");
            assertThatThrownBy(() -> start(database, "\\.*", Optional.of(before)))
                    .isInstanceOfSatisfying(MillraceException.class, e -> {
                        assertThat(e.code()).isEqualTo(PostgresError.SCHEMA);
                        assertThat(e.nextStep()).contains("tables.exclude");
                    });
            Saved without;
            try (SnapshotHarness harness =
                    start(database, "\\.*", Optional.of(before), "tables.exclude", database.name() + ".public.b")) {
                harness.readAll();
                assertThat(harness.followLog()).containsExactly("INSERT a 1");
                without = harness.checkpoint();
            }
            try (SnapshotHarness harness = start(database, "\\.*", Optional.of(without))) {
                harness.readAll();
                assertThat(harness.sorted(database.name(), "b")).containsExactly("1|7", "2|8");
                assertThat(harness.followLog()).isEmpty();
            }
        }
    }

    @Test
    void refusesAListThatMatchesNothingThatWasRead() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute("create table a (a int primary key)");
            Saved saved = caughtUp(database, "a");
            assertThatThrownBy(() -> start(database, "b", Optional.of(saved)))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(PostgresError.TABLES))
                    .hasMessageContaining("public.a");
        }
    }
}
