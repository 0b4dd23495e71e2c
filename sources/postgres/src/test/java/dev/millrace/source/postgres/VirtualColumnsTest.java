package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.config.ConfigSection;
import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.SnapshotHarness.Saved;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.spi.Checkable.Finding;
import dev.millrace.spi.Checkable.Level;
import dev.millrace.spi.SourceContext.ReadMode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Since 18 the server refuses updates of a published table whose identity holds a column that is not published. */
class VirtualColumnsTest {
    private static final String COLUMNS = "a int primary key, b int, v int generated always as (b * 2) virtual";

    private static void assertRefused(ConfigSection section, Optional<Saved> saved, String... fixes) {
        assertThatThrownBy(() -> new SnapshotHarness(section, 1, saved).close())
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(PostgresError.REPLICA_IDENTITY);
                    assertThat(e.getMessage()).contains("virtual column v");
                    assertThat(e.nextStep()).contains(fixes);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "| ALTER TABLE public.t REPLICA IDENTITY DEFAULT;",
                "partition by range (a)| ALTER TABLE public.\"T 1\" REPLICA IDENTITY DEFAULT;"
                        + " ALTER TABLE public.t REPLICA IDENTITY DEFAULT;"
            })
    void refusesTablesThatTheServerWouldNoLongerUpdate(String partitions, String fix) throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute("create table t (" + COLUMNS + ") " + (partitions == null ? "" : partitions));
            if (partitions != null) {
                database.execute(
                        "create table \"T 1\" partition of t default", "alter table \"T 1\" replica identity full");
            }
            database.execute("alter table t replica identity full", "insert into t values (1, 1)");
            assertRefused(database.section("t"), Optional.empty(), fix);
            assertThat(database.query("select pubname from pg_publication")).isEmpty();
            PostgresSource source = (PostgresSource) new PostgresSourceFactory()
                    .create(database.section("t"), SnapshotHarness.context(1, ReadMode.CONTINUOUS));
            assertThat(source.check())
                    .filteredOn(finding -> finding.level() == Level.ERROR)
                    .extracting(Finding::fix)
                    .singleElement()
                    .satisfies(mend -> assertThat(mend).contains(fix));

            for (String statement : fix.split(";")) {
                database.execute(statement);
            }
            try (SnapshotHarness harness = new SnapshotHarness(database.section("t"), 1, Optional.empty())) {
                harness.readAll();
                database.execute("update t set b = 2");
                assertThat(harness.sorted(database.name(), "t")).containsExactly("1|1");
            }
        }
    }

    @Test
    void refusesSuchATableAlsoWhereItIsNewToThePipeline() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute("create table t (a int primary key)");
            ConfigSection section = database.section("\\.*");
            Saved saved;
            try (SnapshotHarness harness = new SnapshotHarness(section, 1, Optional.empty())) {
                harness.readAll();
                saved = harness.checkpoint();
            }
            database.execute("create table u (" + COLUMNS + ")", "alter table u replica identity full");
            assertRefused(section, Optional.of(saved), "ALTER TABLE public.u REPLICA IDENTITY DEFAULT;");
            database.execute("insert into u values (1, 1)", "update u set b = 2");
        }
    }
}
