package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.config.ConfigSection;
import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.spi.Checkable.Finding;
import dev.millrace.spi.Checkable.Level;
import dev.millrace.spi.SourceContext.ReadMode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipelines without state that go on from somebody's slot. */
class CommittedOffsetTest {
    private static final String MAKE_SLOT = "select pg_create_logical_replication_slot('theirs_%s', 'pgoutput')";

    private static ConfigSection section(TestDatabase database, String tables) {
        return database.section(
                tables,
                "scan.startup.mode",
                "committed-offset",
                "slot.name",
                "theirs_" + database.name(),
                "publication.name",
                "theirs");
    }

    private static void assertRefused(ConfigSection section, String message) {
        assertThatThrownBy(() -> new SnapshotHarness(section, 1, Optional.empty()).close())
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(PostgresError.PUBLICATION);
                    assertThat(e.nextStep()).contains("scan.startup.mode: initial");
                })
                .hasMessageContaining(message);
        List<Finding> findings = ((PostgresSource)
                        new PostgresSourceFactory().create(section, SnapshotHarness.context(1, ReadMode.CONTINUOUS)))
                .check();
        assertThat(findings)
                .filteredOn(finding -> finding.level() == Level.ERROR)
                .extracting(Finding::message)
                .anyMatch(found -> found.contains(message));
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void readsEveryChangeSinceTheSlot(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute(
                    "create table t (a int primary key)",
                    "insert into t values (1)",
                    "create publication theirs for table t with (publish_via_partition_root = true)",
                    MAKE_SLOT.formatted(database.name()),
                    "insert into t values (2)",
                    "update t set a = 3 where a = 1");
            try (SnapshotHarness harness =
                    new SnapshotHarness(section(database, "t"), 1, Optional.empty(), ReadMode.UNTIL_CAUGHT_UP)) {
                harness.readAll();
                assertThat(harness.rows).isEmpty();
                assertThat(harness.followLog()).containsExactly("INSERT t 2", "DELETE t 1", "INSERT t 3");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void makesNoPublicationWhereChangesMayHavePassedWithoutIt(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute(
                    "create table t (a int primary key)",
                    "create table u (a int primary key)",
                    MAKE_SLOT.formatted(database.name()),
                    "insert into t values (1)");
            assertRefused(section(database, "t"), "does not exist");
            assertThat(database.query("select 1 from pg_publication")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void extendsNoPublicationEvenOfItsOwn(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute(
                    "create table t (a int primary key)",
                    "create table u (a int primary key)",
                    "create publication theirs for table t with (publish_via_partition_root = true)",
                    "comment on publication theirs is 'Made by millrace for pipeline test pipeline'",
                    MAKE_SLOT.formatted(database.name()),
                    "insert into u values (1)");
            assertRefused(section(database, "[tu]"), "lacks 1 of the tables");
            assertThat(database.query("select tablename from pg_publication_tables"))
                    .containsExactly("t");
        }
    }
}
