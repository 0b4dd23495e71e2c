package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.SchemaChange;
import dev.millrace.source.postgres.SnapshotHarness.Saved;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.source.postgres.split.SnapshotSplit;
import dev.millrace.source.postgres.split.TableSkips;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.SourceContext.ReadMode;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitEnumerator;
import dev.millrace.spi.SplitReader;
import dev.millrace.spi.VersionedBytes;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestartTest {
    private static final int ROWS = 40_000;

    /** A few rows a page, so that few rows make several chunks. */
    private static void createWide(TestDatabase database, String key) throws SQLException {
        database.execute(
                "create table wide (id bigint " + key + ", version int, filler text) with (fillfactor = 10)",
                "insert into wide select i, 0, repeat('x', 300) from generate_series(1, " + ROWS + ") i",
                "analyze wide");
    }

    /** Reads until something, but not everything, was read, and takes a checkpoint. */
    private static Saved interrupted(SnapshotHarness harness, TestDatabase database) {
        while (harness.sorted(database.name(), "wide").size() < 2_000) {
            harness.step();
        }
        Saved saved = harness.checkpoint();
        assertThat(harness.sorted(database.name(), "wide")).hasSizeBetween(2_000, ROWS - 2_000);
        return saved;
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void readsTheRestInANewEpochAndTellsTheLogWhatToSkip(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            createWide(database, "primary key");
            Saved saved;
            List<String> first;
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 2, Optional.empty())) {
                saved = interrupted(harness, database);
                first = harness.sorted(database.name(), "wide");
            }
            database.execute("update wide set version = 1");
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 2, Optional.of(saved))) {
                assertThat(harness.openingChanges).noneMatch(SchemaChange.TruncateTable.class::isInstance);
                harness.readAll();
                List<String> second = harness.sorted(database.name(), "wide");

                assertThat(first.size() + second.size()).isEqualTo(ROWS);
                assertThat(first).allMatch(row -> row.contains("|0|"));
                assertThat(second).allMatch(row -> row.contains("|1|"));
                LogSplit log = harness.log();
                assertThat(log.consistentPlace()).isGreaterThan(log.startPlace());
                TableSkips skips = Objects.requireNonNull(log.target()
                        .skips()
                        .forTable(log.target().tables().getFirst().oid()));
                long between = log.consistentPlace() - 1;
                assertThat(first).noneMatch(row -> skips.contains(between, key(row), 0, 8));
                assertThat(second).allMatch(row -> skips.contains(between, key(row), 0, 8));
                assertThat(second).noneMatch(row -> skips.contains(log.consistentPlace(), key(row), 0, 8));
                assertThat(skips.containsTable(between)).isFalse();
            }
        }
    }

    private static byte[] key(String row) {
        long id = Long.parseLong(row.substring(0, row.indexOf('|')));
        return ByteBuffer.allocate(8).putLong(id).array();
    }

    @Test
    void beginsATableWithoutAUsableKeyAnew() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            createWide(database, "");
            database.execute("alter table wide replica identity full");
            Saved saved;
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 2, Optional.empty())) {
                saved = interrupted(harness, database);
            }
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 2, Optional.of(saved))) {
                assertThat(harness.openingChanges)
                        .hasExactlyElementsOfTypes(SchemaChange.CreateTable.class, SchemaChange.TruncateTable.class);
                harness.readAll();
                assertThat(harness.sorted(database.name(), "wide")).hasSize(ROWS);
                LogSplit log = harness.log();
                TableSkips skips = Objects.requireNonNull(log.target()
                        .skips()
                        .forTable(log.target().tables().getFirst().oid()));
                assertThat(skips.byKey()).isFalse();
                assertThat(skips.containsTable(log.consistentPlace() - 1)).isTrue();
                assertThat(skips.containsTable(log.consistentPlace())).isFalse();
            }
        }
    }

    @Test
    void beginsATableAnewThatWasTruncatedBetweenTwoEpochs() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            createWide(database, "primary key");
            Saved saved;
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 2, Optional.empty())) {
                saved = interrupted(harness, database);
            }
            database.execute("truncate wide", "insert into wide values (5, 9, 'after')");
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 2, Optional.of(saved))) {
                harness.readAll();
                assertThat(harness.openingChanges).hasAtLeastOneElementOfType(SchemaChange.TruncateTable.class);
                assertThat(harness.sorted(database.name(), "wide")).containsExactly("5|9|after");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "truncate wide",
                "alter table wide rename filler to x; alter table wide rename other to filler;"
                        + " alter table wide rename x to other",
                "alter table wide drop other, add other text",
                "alter table wide rename to narrow; alter table double rename to wide",
            })
    void noticesATableThatIsNoLongerTheSnapshots(String change) throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            createWide(database, "primary key");
            database.execute("alter table wide add other text", "create table double (like wide)");
            try (SnapshotHarness harness = new SnapshotHarness(database.section("wide"), 1, Optional.empty())) {
                database.execute(change);
                assertThatThrownBy(harness::readAll)
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(PostgresError.REWRITTEN));
            }
        }
    }

    @Test
    void noticesATruncatedTableBeforeAPlaceBehindItMayBeSaved() throws Exception {
        try (TestDatabase database = TestDatabase.on(14)) {
            for (int i = 10; i < 22; i++) {
                database.execute("create table t" + i + " (a int primary key, filler text)");
            }
            database.execute(
                    "insert into t10 values (1)",
                    "insert into t11 select i, repeat('x', 300) from generate_series(1, 2000) i");
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 1, Optional.empty());
                    SplitReader reader = harness.source.openReader(0)) {
                database.execute("truncate t10");
                Split split = ((SplitEnumerator.Assignment.Read) harness.enumerator.next(0)).split();
                assertThat(SnapshotSplit.of(split).pieces()).hasSizeGreaterThan(2);
                reader.assign(split);
                assertThat(reader.poll(element -> {}, PollRequest.read(50_000_000)))
                        .isEqualTo(SplitReader.Progress.MORE);
                assertThatThrownBy(() -> {
                            while (reader.poll(
                                            element -> {},
                                            new PollRequest(PollRequest.Purpose.REACH_BOUNDARY, 50_000_000))
                                    != SplitReader.Progress.AT_BOUNDARY) {}
                        })
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(PostgresError.REWRITTEN))
                        .hasMessageContaining("t10");
            }
        }
    }

    @Test
    void refusesToGoOnWithATableThatHasChanged() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            createWide(database, "primary key");
            Saved saved;
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 2, Optional.empty())) {
                saved = interrupted(harness, database);
            }
            database.execute("alter table wide alter version type bigint");
            assertThatThrownBy(() -> new SnapshotHarness(database.section("\\.*"), 2, Optional.of(saved)))
                    .hasMessageContaining("column version is version int8 now");
        }
    }

    @Test
    void refusesToGoOnWithoutTheSlot() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            createWide(database, "primary key");
            Saved saved;
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 2, Optional.empty())) {
                harness.readAll();
                saved = harness.checkpoint();
            }
            try (PostgresSource source = (PostgresSource) new PostgresSourceFactory()
                    .create(database.section("\\.*"), SnapshotHarness.context(1, ReadMode.CONTINUOUS))) {
                Optional<VersionedBytes> none = Optional.empty();
                assertThat(source.toDrop(none)).containsExactly("replication slot " + slot(), "publication " + slot());
                source.drop(none);
                assertThat(source.toDrop(none)).isEmpty();
            }
            assertThatThrownBy(() -> new SnapshotHarness(database.section("\\.*"), 2, Optional.of(saved)))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(PostgresError.SLOT_LOST))
                    .hasMessageContaining("is gone");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"slot.name", "publication.name"})
    void refusesAnotherNameThanTheStatesAndDropsWhatTheStateNames(String key) throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute("create table t (a int primary key)");
            Saved saved;
            try (SnapshotHarness harness = new SnapshotHarness(database.section("t"), 1, Optional.empty())) {
                harness.readAll();
                saved = harness.checkpoint();
            }
            database.execute("select pg_create_logical_replication_slot('another', 'pgoutput')");
            assertThatThrownBy(() ->
                            new SnapshotHarness(database.section("t", key, "another"), 1, Optional.of(saved)).close())
                    .isInstanceOfSatisfying(MillraceException.class, e -> {
                        assertThat(e.code()).isEqualTo(PostgresError.RENAMED);
                        assertThat(e.nextStep()).contains("'" + key + ": " + slot() + "'");
                    });
            try (PostgresSource source = (PostgresSource) new PostgresSourceFactory()
                    .create(
                            database.section("t", "slot.name", "another", "publication.name", "another"),
                            SnapshotHarness.context(1, ReadMode.CONTINUOUS))) {
                source.drop(Optional.of(saved.state()));
            }
            assertThat(database.query("select slot_name from pg_replication_slots where database = current_database()"))
                    .containsExactly("another");
            assertThat(database.query("select 1 from pg_publication")).isEmpty();
        }
    }

    private static String slot() {
        return dev.millrace.source.postgres.config.PostgresConfigReader.derivedName("test pipeline");
    }

    @Test
    void takesANewSnapshotWhereTheExportedOneIsLost() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            createWide(database, "primary key");
            Saved saved;
            int before;
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 1, Optional.empty())) {
                saved = interrupted(harness, database);
                before = harness.sorted(database.name(), "wide").size();
                database.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where backend_type = 'walsender' and datname = current_database()");
                assertThatThrownBy(harness::readAll)
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(PostgresError.SNAPSHOT_LOST));
            }
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 1, Optional.of(saved))) {
                harness.readAll();
                assertThat(harness.sorted(database.name(), "wide")).hasSize(ROWS - before);
            }
        }
    }

    @Test
    void isNotStoppedByTimeoutsOfTheDatabase() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            createWide(database, "primary key");
            database.execute(
                    "alter database " + database.name() + " set statement_timeout = '5ms'",
                    "alter database " + database.name() + " set idle_in_transaction_session_timeout = '5ms'",
                    "alter database " + database.name() + " set idle_session_timeout = '5ms'",
                    "alter database " + database.name() + " set transaction_timeout = '200ms'",
                    "alter database " + database.name() + " set default_transaction_read_only = on");
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 2, Optional.empty())) {
                harness.readAll();
                assertThat(harness.sorted(database.name(), "wide")).hasSize(ROWS);
            }
        }
    }

    @Test
    void goesOnWithTheLogWhereItStood() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            createWide(database, "primary key");
            LogSplit before;
            Saved saved;
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 2, Optional.empty())) {
                harness.readAll();
                database.execute("select pg_logical_emit_message(false, 'anything', 'that the log grows by')");
                before = harness.log().at(harness.log().startPlace() + 8);
                saved = new Saved(harness.checkpoint().state(), List.of(before.toSplit()));
            }
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 1, Optional.of(saved))) {
                harness.readAll();
                assertThat(harness.rows).isEmpty();
                LogSplit log = harness.log();
                assertThat(log.startPlace()).isEqualTo(before.startPlace());
                assertThat(log.end()).isEmpty();
                assertThat(log.target().tables()).isEqualTo(before.target().tables());
                assertThat(Arrays.equals(log.target().encoded(), before.target().encoded()))
                        .isTrue();
            }
        }
    }
}
