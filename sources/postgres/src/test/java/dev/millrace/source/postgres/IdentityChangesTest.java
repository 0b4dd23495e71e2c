package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.SnapshotHarness.Saved;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.spi.SourceContext.ReadMode;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables whose replica identity changes between two runs. */
@Timeout(120)
class IdentityChangesTest {
    private static SnapshotHarness start(TestDatabase database, Optional<Saved> saved) throws Exception {
        database.awaitFreeSlots();
        return new SnapshotHarness(database.section("\\.*"), 1, saved, ReadMode.UNTIL_CAUGHT_UP);
    }

    private static Saved caughtUp(TestDatabase database) throws Exception {
        try (SnapshotHarness harness = start(database, Optional.empty())) {
            harness.readAll();
            harness.followLog();
            return harness.checkpoint();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void goesOnWithWholeOldRows(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            String large = "l".repeat(10_000);
            database.execute(
                    "create table t (a int primary key, n int, b text)",
                    "alter table t alter b set storage external",
                    "insert into t values (1, 1, '" + large + "'), (2, 1, 'b'), (3, 1, 'c')");
            Saved saved = caughtUp(database);
            database.execute(
                    "update t set n = 2 where a = 2",
                    "alter table t replica identity full",
                    "update t set n = 2 where a = 1",
                    "update t set a = 4 where a = 1",
                    "delete from t where a = 3");
            try (SnapshotHarness harness = start(database, Optional.of(saved))) {
                harness.readAll();
                assertThat(harness.followLog())
                        .containsExactly(
                                "UPDATE_AFTER t 2|2|b",
                                "UPDATE_BEFORE t 1|1|" + large,
                                "UPDATE_AFTER t 1|2|" + large,
                                "DELETE t 1|2|" + large,
                                "INSERT t 4|2|" + large,
                                "DELETE t 3|1|c");
                saved = harness.checkpoint();
            }
            database.execute("update t set n = 3 where a = 2");
            try (SnapshotHarness harness = start(database, Optional.of(saved))) {
                harness.readAll();
                assertThat(harness.followLog()).containsExactly("UPDATE_BEFORE t 2|2|b", "UPDATE_AFTER t 2|3|b");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void goesOnWithKeysAlone(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute(
                    "create table t (a int primary key, n int)",
                    "alter table t replica identity full",
                    "insert into t values (1, 1), (2, 1)");
            Saved saved = caughtUp(database);
            database.execute(
                    "update t set n = 2 where a = 2",
                    "alter table t replica identity default",
                    "update t set n = 2 where a = 1",
                    "update t set a = 3 where a = 1");
            try (SnapshotHarness harness = start(database, Optional.of(saved))) {
                harness.readAll();
                assertThat(harness.followLog())
                        .hasSize(5)
                        .startsWith("UPDATE_BEFORE t 2|1", "UPDATE_AFTER t 2|2", "UPDATE_AFTER t 1|2")
                        .endsWith("INSERT t 3|2")
                        .element(3)
                        .asString()
                        .startsWith("DELETE t 1|");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "14; alter table t replica identity full; but not that of all its partitions",
                "18; alter table t replica identity full; but not that of all its partitions",
                "18; alter table t replica identity nothing; is NOTHING",
                "18; alter table t replica identity using index t_pkey; is INDEX",
            })
    void refusesWhatNamesRowsInAnotherWay(int major, String change, String message) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute(
                    "create table t (a int primary key) partition by range (a)",
                    "create table p partition of t default");
            Saved saved = caughtUp(database);
            database.execute(change);
            assertThatThrownBy(() -> start(database, Optional.of(saved)).close())
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(PostgresError.SCHEMA))
                    .hasMessageContaining(message);
            if (message.contains("partitions")) {
                database.execute("alter table p replica identity full", "insert into t values (1)", "delete from t");
                try (SnapshotHarness harness = start(database, Optional.of(saved))) {
                    harness.readAll();
                    assertThat(harness.followLog()).containsExactly("INSERT t 1", "DELETE t 1");
                }
            }
        }
    }
}
