package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.source.postgres.SnapshotHarness.Saved;
import dev.millrace.spi.SourceContext.ReadMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions that are prepared first and end later, in another session: they count from their end on. */
@Timeout(120)
class PreparedTransactionsTest {
    private static void prepare(TestDatabase database, int row) throws SQLException {
        database.execute(
                "begin",
                "insert into t values (" + row + ")",
                "prepare transaction '" + row + " of " + database.name() + "'");
    }

    private static void end(TestDatabase database, int row, String how) throws SQLException {
        database.execute(how + " prepared '" + row + " of " + database.name() + "'");
    }

    private static SnapshotHarness start(TestDatabase database, Optional<Saved> saved) throws SQLException {
        database.awaitFreeSlots();
        return new SnapshotHarness(database.section("t"), 1, saved, ReadMode.UNTIL_CAUGHT_UP);
    }

    @ParameterizedTest
    @CsvSource({"14, commit", "18, commit", "14, rollback", "18, rollback"})
    void areReadOnceWhereTheyEndWhileTheSlotIsMade(int major, String how) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute("create table t (a int primary key)", "insert into t values (1)");
            prepare(database, 2);
            CompletableFuture<SnapshotHarness> starting = CompletableFuture.supplyAsync(() -> {
                try {
                    return start(database, Optional.empty());
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            });
            try (TestDatabase watcher = TestDatabase.on(major)) {
                while (watcher.query("select 1 from pg_locks l join pg_stat_activity a on a.pid = l.pid"
                                + " where not l.granted and a.datname = '" + database.name() + "'")
                        .isEmpty()) {
                    assertThat(starting).isNotDone();
                }
            }
            prepare(database, 3);
            end(database, 2, how);
            database.execute("insert into t values (4)");
            end(database, 3, how);
            List<String> all = new ArrayList<>();
            Saved saved;
            try (SnapshotHarness harness = starting.get(60, TimeUnit.SECONDS)) {
                harness.readAll();
                all.addAll(harness.sorted(database.name(), "t"));
                saved = harness.checkpoint();
            }
            try (SnapshotHarness again = start(database, Optional.of(saved))) {
                again.readAll();
                again.followLog().forEach(change -> all.add(change.replace("INSERT t ", "")));
            }
            assertThat(all).containsExactlyInAnyOrderElementsOf(database.query("select a from t"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void areReadOnceWhereTheyEndAfterARestart(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute("create table t (a int primary key)");
            Saved saved;
            try (SnapshotHarness harness = start(database, Optional.empty())) {
                harness.readAll();
                saved = harness.checkpoint();
            }
            prepare(database, 1);
            prepare(database, 2);
            prepare(database, 3);
            database.execute("insert into t values (10)");
            end(database, 1, "commit");
            try (SnapshotHarness harness = start(database, Optional.of(saved))) {
                harness.readAll();
                assertThat(harness.followLog()).containsExactly("INSERT t 10", "INSERT t 1");
                saved = harness.checkpoint();
            }
            end(database, 2, "rollback");
            end(database, 3, "commit");
            try (SnapshotHarness harness = start(database, Optional.of(saved))) {
                harness.readAll();
                assertThat(harness.followLog()).containsExactly("INSERT t 3");
                saved = harness.checkpoint();
            }
            try (SnapshotHarness harness = start(database, Optional.of(saved))) {
                harness.readAll();
                assertThat(harness.followLog()).isEmpty();
            }
        }
    }
}
