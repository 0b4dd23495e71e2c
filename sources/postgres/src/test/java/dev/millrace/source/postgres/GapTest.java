package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.config.ConfigSection;
import dev.millrace.error.MillraceException;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.SnapshotHarness.Saved;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.SourceContext.ReadMode;
import dev.millrace.spi.SplitReader;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes that the log does not hold, and about which it says nothing. */
class GapTest {
    private static final String OUT_AND_IN =
            "alter publication p drop table e; insert into e values (2); alter publication p add table e";

    private static TestDatabase database(int major) throws Exception {
        TestDatabase database = TestDatabase.on(major);
        database.execute(
                "create table e (a int primary key)", "create table t (a int primary key)", "insert into e values (1)");
        return database;
    }

    private static ConfigSection section(TestDatabase database, String... more) {
        String[] keys = new String[more.length + 2];
        keys[0] = "publication.name";
        keys[1] = "p";
        System.arraycopy(more, 0, keys, 2, more.length);
        return database.section("(t|e)", keys);
    }

    private static SnapshotHarness start(TestDatabase database, Optional<Saved> saved, String... more)
            throws Exception {
        database.awaitFreeSlots();
        return new SnapshotHarness(section(database, more), 1, saved, ReadMode.UNTIL_CAUGHT_UP);
    }

    private static void run(TestDatabase database, String statements) throws Exception {
        database.execute(statements.split(";"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "14 | " + OUT_AND_IN + " | PG-020 | public.e",
                "18 | " + OUT_AND_IN + " | PG-020 | public.e",
                "18 | alter publication p set (publish = 'insert'); update e set a = 2;"
                        + " alter publication p set (publish = 'insert, update, delete, truncate') | PG-020 | altered",
                "14 | drop publication p; insert into e values (2); create publication p for table t, e"
                        + " with (publish_via_partition_root = true) | PG-020 | made anew",
                "18 | alter publication p set table t, e where (a < 9); insert into e values (10);"
                        + " alter publication p set table t, e | PG-020 | public.e",
                "14 | drop table e; create table e (a int primary key); insert into e values (2) | PG-014 | made anew",
                "18 | drop table e; create table e (a int primary key); insert into e values (2) | PG-014 | made anew",
                "18 | alter table e rename to f; create table e (a int primary key) | PG-014 | is called public.f",
            })
    void stopsTheRunAndTheNextStart(int major, String changes, String code, String message) throws Exception {
        try (TestDatabase database = database(major)) {
            Saved saved;
            try (SnapshotHarness harness = start(database, Optional.empty())) {
                harness.readAll();
                saved = harness.checkpoint();
                run(database, changes + "; insert into t values (7)");
                assertThatThrownBy(harness::followLog)
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code().id()).isEqualTo(code))
                        .hasMessageContaining(message);
            }
            assertThatThrownBy(() -> start(database, Optional.of(saved)).close())
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            e -> assertThat(e.code().id()).isIn(code, "PG-014", "PG-020"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                OUT_AND_IN + " | PG-020",
                "drop table e; create table e (a int primary key); alter publication p add table e | PG-014"
            })
    void stopsWithinSecondsWhileChangesOfOthersGoOn(String changes, String code) throws Exception {
        try (TestDatabase database = database(18);
                SnapshotHarness harness = new SnapshotHarness(section(database), 1, Optional.empty())) {
            harness.readAll();
            try (SplitReader reader = harness.source.openReader(0)) {
                reader.assign(harness.log().toSplit());
                poll(reader);
                run(database, changes);
                long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
                assertThatThrownBy(() -> {
                            while (System.nanoTime() < until) {
                                poll(reader);
                            }
                        })
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code().id()).isEqualTo(code));
            }
        }
    }

    private static void poll(SplitReader reader) {
        reader.poll(element -> {}, PollRequest.read(Duration.ofMillis(50).toNanos()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OUT_AND_IN,
                "drop table e; create table e (a int primary key); insert into e values (1), (2);"
                        + " alter publication p add table e"
            })
    void readsTheTableAgainAfterARunWithoutIt(String changes) throws Exception {
        try (TestDatabase database = database(18)) {
            Saved saved;
            try (SnapshotHarness harness = start(database, Optional.empty())) {
                harness.readAll();
                saved = harness.checkpoint();
            }
            run(database, changes);
            try (SnapshotHarness harness =
                    start(database, Optional.of(saved), "tables.exclude", database.name() + ".public.e")) {
                harness.readAll();
                harness.followLog();
                saved = harness.checkpoint();
            }
            try (SnapshotHarness harness = start(database, Optional.of(saved))) {
                assertThat(harness.openingChanges)
                        .contains(new SchemaChange.TruncateTable(new TableId(database.name(), "public", "e")));
                harness.readAll();
                assertThat(harness.sorted(database.name(), "e")).containsExactly("1", "2");
                database.execute("insert into e values (3)");
                assertThatCode(harness::followLog).doesNotThrowAnyException();
                saved = harness.checkpoint();
            }
            try (SnapshotHarness harness = start(database, Optional.of(saved))) {
                harness.readAll();
                assertThat(harness.followLog()).containsExactly("INSERT e 3");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "14 | for all tables | create table u (a int); drop table e",
                "18 | for tables in schema public | create table u (a int)",
                "18 | for table t, e, tables in schema public | alter publication p drop table e",
                "18 | for table t, e | drop table e",
                "18 | for table t, e | create table u (a int); alter publication p add table u; comment on publication p is 'x'",
                "14 | for table t, e | vacuum full pg_publication; vacuum full pg_publication_rel",
            })
    void goesOnWhereTheLogHoldsEverything(int major, String tables, String changes) throws Exception {
        try (TestDatabase database = database(major)) {
            database.execute("create publication p " + tables + " with (publish_via_partition_root = true)");
            try (SnapshotHarness harness = start(database, Optional.empty())) {
                harness.readAll();
                database.execute("insert into t values (1)");
                Saved saved = harness.checkpoint();
                run(database, changes);
                try (SplitReader reader = harness.source.openReader(0)) {
                    reader.assign(harness.log().toSplit());
                    while (reader.poll(element -> {}, PollRequest.read(50_000_000)) != SplitReader.Progress.FINISHED) {}
                }
                if (changes.contains("drop table e") && !changes.contains("publication p drop")) {
                    return;
                }
                start(database, Optional.of(saved)).close();
            }
        }
    }

    @Test
    void knowsPartitionsThatArePublishedWithTheirRoot() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute(
                    "create table t (a int primary key) partition by range (a)",
                    "create table e partition of t default",
                    "create publication p for table t");
            ConfigSection section = database.section("e", "publication.name", "p");
            Saved saved;
            try (SnapshotHarness harness = new SnapshotHarness(section, 1, Optional.empty())) {
                harness.readAll();
                saved = harness.checkpoint();
            }
            database.awaitFreeSlots();
            new SnapshotHarness(section, 1, Optional.of(saved)).close();
            database.execute("alter publication p drop table t", "alter publication p add table t");
            assertThatThrownBy(() -> new SnapshotHarness(section, 1, Optional.of(saved)).close())
                    .hasMessageContaining("has lost table");
        }
    }
}
