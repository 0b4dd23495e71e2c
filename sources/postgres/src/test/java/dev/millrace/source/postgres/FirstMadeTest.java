package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.source.postgres.SnapshotHarness.Saved;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a first start leaves at the server where it ends early, for example because the sink refuses a table. */
class FirstMadeTest {
    private static List<String> left(TestDatabase database) throws SQLException {
        database.awaitFreeSlots();
        return database.query("select slot_name::text from pg_replication_slots where database = current_database()"
                + " union all select pubname from pg_publication");
    }

    @ParameterizedTest
    @CsvSource({"14, initial", "18, initial", "18, latest-offset"})
    void takesBackWhatNoStateNeeds(int major, String mode) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute("create table t (a int primary key)");
            SnapshotHarness harness =
                    new SnapshotHarness(database.section("t", "scan.startup.mode", mode), 1, Optional.empty());
            harness.readAll();
            assertThat(left(database)).hasSize(2);
            harness.close();
            assertThat(left(database)).isEmpty();
        }
    }

    @Test
    void keepsWhatASavedStateMayNeed() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute("create table t (a int primary key)");
            Saved saved;
            try (SnapshotHarness harness = new SnapshotHarness(database.section("t"), 1, Optional.empty())) {
                saved = harness.checkpoint();
            }
            assertThat(left(database)).hasSize(2);
            new SnapshotHarness(database.section("t"), 1, Optional.of(saved)).close();
            assertThat(left(database)).hasSize(2);
        }
    }

    @Test
    void leavesWhatWasThereBefore() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute(
                    "create table t (a int primary key)",
                    "create publication mine for table t",
                    "select pg_create_logical_replication_slot('mine', 'pgoutput')");
            new SnapshotHarness(
                            database.section("t", "slot.name", "mine", "publication.name", "mine"), 1, Optional.empty())
                    .close();
            assertThat(left(database)).containsExactly("mine", "mine");
        }
    }
}
