package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.servers.PostgresServer;
import dev.millrace.servers.PostgresSettings;
import dev.millrace.source.postgres.SnapshotHarness.Saved;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.spi.Checkable.Finding;
import dev.millrace.spi.Checkable.Level;
import dev.millrace.spi.SourceContext.ReadMode;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that keeps little of its log, and a pipeline that stands still for too long. */
class LostSlotTest {
    private static PostgresServer forgetful(int major) {
        return PostgresServer.started(PostgresSettings.ofMajor(major)
                .with("fsync", "off")
                .with("max_slot_wal_keep_size", "1MB")
                .with("max_wal_size", "1GB")
                .with("checkpoint_timeout", "1h"));
    }

    private static PostgresSource source(TestDatabase database) {
        return (PostgresSource) new PostgresSourceFactory()
                .create(database.section("t"), SnapshotHarness.context(1, ReadMode.CONTINUOUS));
    }

    private static void fillSegments(TestDatabase database) throws SQLException {
        for (int i = 0; i < 5; i++) {
            database.execute("insert into t select coalesce(max(a), 0) + 1 from t", "select pg_switch_wal()");
        }
    }

    private static List<Finding> findings(TestDatabase database) {
        return source(database).check().stream()
                .filter(finding -> finding.subject().startsWith("replication slot"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void saysWhatWasLostAndHowToGoOn(int major) throws Exception {
        try (PostgresServer server = forgetful(major);
                TestDatabase database = TestDatabase.on(server)) {
            database.execute("create table t (a int primary key)", "insert into t values (1)");
            Saved saved;
            long place;
            try (SnapshotHarness harness = new SnapshotHarness(database.section("t"), 1, Optional.empty())) {
                harness.readAll();
                saved = harness.checkpoint();
                place = harness.log().startPlace();
            }
            assertThat(findings(database)).extracting(Finding::level).containsExactly(Level.OK);

            fillSegments(database);
            assertThat(findings(database)).singleElement().satisfies(finding -> {
                assertThat(finding.level()).isEqualTo(Level.WARNING);
                assertThat(finding.fix()).contains("max_slot_wal_keep_size");
            });

            database.execute("checkpoint");
            assertThatThrownBy(() -> new SnapshotHarness(database.section("t"), 1, Optional.of(saved)).close())
                    .isInstanceOfSatisfying(MillraceException.class, e -> {
                        assertThat(e.code()).isEqualTo(PostgresError.SLOT_LOST);
                        assertThat(e.nextStep()).contains("'cdc drop'");
                    })
                    .hasMessageContaining("changes since " + Slots.text(place) + " are lost")
                    .hasMessageContaining("max_slot_wal_keep_size");
            assertThat(findings(database)).singleElement().satisfies(finding -> {
                assertThat(finding.level()).isEqualTo(Level.ERROR);
                assertThat(finding.message()).contains("are lost");
            });

            try (PostgresSource source = source(database)) {
                source.drop(Optional.of(saved.state()));
            }
            try (SnapshotHarness again = new SnapshotHarness(database.section("t"), 1, Optional.empty())) {
                again.readAll();
                assertThat(again.sorted(database.name(), "t")).hasSize(6);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void saysBeforeAStartThatTheSlotIsGone(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major);
                PostgresSource source = source(database)) {
            database.execute("create table t (a int primary key)");
            Saved saved;
            try (SnapshotHarness harness = new SnapshotHarness(database.section("t"), 1, Optional.empty())) {
                harness.readAll();
                saved = harness.checkpoint();
            }
            database.awaitFreeSlots();
            assertThat(source.check(saved.state())).noneMatch(finding -> finding.level() == Level.ERROR);

            database.execute("select pg_drop_replication_slot(slot_name) from pg_replication_slots"
                    + " where database = current_database()");
            assertThat(source.check()).noneMatch(finding -> finding.level() == Level.ERROR);
            assertThat(source.check(saved.state()))
                    .filteredOn(finding -> finding.level() == Level.ERROR)
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.message()).contains("PG-022", "is gone");
                        assertThat(finding.fix()).contains("'cdc drop'");
                    });

            database.execute("drop table t", "create table t (a int primary key)");
            assertThat(source.check(saved.state())).anyMatch(finding -> finding.level() == Level.ERROR);
        }
    }
}
