package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.SnapshotHarness.Saved;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.split.EnumeratorState;
import dev.millrace.spi.SourceContext.ReadMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots that take longer than an epoch may live. */
@Timeout(120)
class OldEpochTest {
    private static final int ROWS = 20_000;

    /** A few rows a page, so that few rows make several chunks. */
    private static void create(TestDatabase database, String table, String key) throws SQLException {
        database.execute(
                "create table " + table + " (id int " + key + ", version int, filler text) with (fillfactor = 10)",
                "alter table " + table + " replica identity full",
                "insert into " + table + " select i, 0, repeat('x', 300) from generate_series(1, " + ROWS + ") i",
                "analyze " + table);
    }

    private static SnapshotHarness start(TestDatabase database, Optional<Saved> saved) throws SQLException {
        database.awaitFreeSlots();
        return new SnapshotHarness(
                database.section("\\.*", "scan.incremental.snapshot.chunk.size", "1000"),
                2,
                saved,
                ReadMode.UNTIL_CAUGHT_UP);
    }

    private static void readSome(SnapshotHarness harness, TestDatabase database, String table, int atLeast) {
        while (harness.sorted(database.name(), table).size() < atLeast) {
            harness.step();
        }
    }

    private static long with(SnapshotHarness harness, TestDatabase database, String table, String version) {
        return harness.sorted(database.name(), table).stream()
                .filter(row -> row.contains("|" + version + "|"))
                .count();
    }

    /** The one that the pipeline keeps visible; the server ends a session moments after it was closed. */
    private static String oldestState(TestDatabase database) throws SQLException {
        List<String> kept;
        do {
            kept = database.query(
                    "select backend_xmin::text from pg_stat_activity"
                            + " where backend_type = 'walsender' and datname = current_database() and backend_xmin is not null");
        } while (kept.size() != 1);
        return kept.getFirst();
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void readsTheRestUnderANewStateAndTellsTheLogWhatToSkip(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            create(database, "wide", "primary key");
            Saved saved;
            long first;
            try (SnapshotHarness harness = start(database, Optional.empty())) {
                readSome(harness, database, "wide", 2_000);
                String before = oldestState(database);
                database.execute("update wide set version = 1");
                harness.ahead = SnapshotCourse.LONGEST_EPOCH;
                while (with(harness, database, "wide", "1") == 0) {
                    harness.step();
                }
                assertThat(oldestState(database)).isNotEqualTo(before);
                first = with(harness, database, "wide", "0");
                assertThat(first).isBetween(2_000L, ROWS - 2_000L);
                saved = harness.checkpoint();
                database.execute("update wide set version = 2");
                harness.readAll();
                assertThat(harness.sorted(database.name(), "wide")).hasSize(ROWS);
                assertThat(with(harness, database, "wide", "1")).isEqualTo(ROWS - first);
                List<String> updated = harness.followLog().stream()
                        .filter(change -> change.startsWith("UPDATE_AFTER"))
                        .toList();
                assertThat(updated).hasSize((int) first).allMatch(change -> change.contains("|1|"));
            }
            try (SnapshotHarness harness = start(database, Optional.of(saved))) {
                harness.readAll();
                assertThat(with(harness, database, "wide", "2")).isBetween(1L, ROWS - first);
            }
        }
    }

    @Test
    void savesAnEpochThatBeganRightAfterACheckpoint() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            create(database, "wide", "primary key");
            try (SnapshotHarness harness = start(database, Optional.empty())) {
                harness.checkpoint();
                harness.ahead = SnapshotCourse.LONGEST_EPOCH;
                harness.step();
                assertThat(EnumeratorState.of(harness.checkpoint().state()).places())
                        .hasSize(2);
            }
        }
    }

    @Test
    void endsWhatWasBegunByPagesInItsOwnEpoch() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            create(database, "keyless", "");
            create(database, "wide", "primary key");
            try (SnapshotHarness harness = start(database, Optional.empty())) {
                readSome(harness, database, "keyless", 2_000);
                database.execute("update keyless set version = 1", "update wide set version = 1");
                harness.ahead = SnapshotCourse.LONGEST_EPOCH;
                harness.readAll();
                assertThat(with(harness, database, "keyless", "0")).isEqualTo(ROWS);
                assertThat(with(harness, database, "wide", "1")).isEqualTo(ROWS);
                assertThat(harness.followLog())
                        .filteredOn(change -> change.startsWith("UPDATE_AFTER"))
                        .hasSize(ROWS)
                        .allMatch(change -> change.contains("keyless"));
            }
        }
    }

    @Test
    void goesOnInTheOldEpochWhileATransactionKeepsANewOneFromBeginning() throws Exception {
        try (TestDatabase database = TestDatabase.on(18);
                Connection other = database.server().connect(database.name());
                Statement statement = other.createStatement()) {
            create(database, "wide", "primary key");
            database.execute("create table t (a int primary key)");
            try (SnapshotHarness harness = start(database, Optional.empty())) {
                readSome(harness, database, "wide", 1_000);
                statement.execute("begin; insert into t values (1)");
                database.execute("update wide set version = 1");
                harness.ahead = SnapshotCourse.LONGEST_EPOCH;
                readSome(harness, database, "wide", 8_000);
                assertThat(with(harness, database, "wide", "1")).isZero();
                statement.execute("commit");
                harness.ahead = SnapshotCourse.LONGEST_EPOCH.plusMinutes(2);
                harness.readAll();
                assertThat(with(harness, database, "wide", "1")).isPositive();
                assertThat(harness.sorted(database.name(), "wide")).hasSize(ROWS);
            }
        }
    }

    @Test
    void beginsATableAnewThatWasTruncatedBetweenTwoEpochs() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            create(database, "wide", "primary key");
            Saved saved;
            try (SnapshotHarness harness = start(database, Optional.empty())) {
                readSome(harness, database, "wide", 2_000);
                saved = harness.checkpoint();
                database.execute("truncate wide", "insert into wide values (7, 7, 'seven')");
                harness.ahead = SnapshotCourse.LONGEST_EPOCH;
                assertThatThrownBy(harness::readAll)
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(PostgresError.REWRITTEN));
            }
            try (SnapshotHarness harness = start(database, Optional.of(saved))) {
                harness.readAll();
                assertThat(harness.sorted(database.name(), "wide")).containsExactly("7|7|seven");
            }
        }
    }
}
