package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.config.ConfigSection;
import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.SnapshotHarness.Saved;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.spi.Checkable.Finding;
import dev.millrace.spi.SourceContext.ReadMode;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy hides rows from who reads a table, and from nobody who reads the log. */
class RowSecurityTest {
    private static final String POLICY = "create policy even on t using (a % 2 = 0)";

    /** A user that may read and replicate; the owner of the tables is another. */
    private static String createReader(TestDatabase database) throws SQLException {
        String role = "reader_" + database.name();
        database.execute(
                "create role " + role + " login replication",
                "create table t (a int primary key)",
                "insert into t select generate_series(1, 10)",
                "grant select on t to " + role,
                "create publication theirs for table t with (publish_via_partition_root = true)");
        return role;
    }

    private static ConfigSection section(TestDatabase database, String role, String... more) {
        String[] keys = new String[more.length + 4];
        System.arraycopy(new String[] {"username", role, "publication.name", "theirs"}, 0, keys, 0, 4);
        System.arraycopy(more, 0, keys, 4, more.length);
        return database.section("t", keys);
    }

    private static void drop(TestDatabase database, String role) throws SQLException {
        database.execute("drop owned by " + role, "drop role " + role);
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void refusesToBeginWherePoliciesHideRows(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            String role = createReader(database);
            database.execute(POLICY, "alter table t enable row level security");
            assertThatThrownBy(() -> new SnapshotHarness(section(database, role), 1, Optional.empty()).close())
                    .isInstanceOfSatisfying(MillraceException.class, e -> {
                        assertThat(e.code()).isEqualTo(PostgresError.PRIVILEGE);
                        assertThat(e.nextStep()).contains("ALTER ROLE " + role + " BYPASSRLS;");
                    })
                    .hasMessageContaining("row-level security");
            assertThat(database.query("select 1 from pg_replication_slots where database = current_database()"))
                    .isEmpty();
            PostgresSource source = (PostgresSource) new PostgresSourceFactory()
                    .create(section(database, role), SnapshotHarness.context(1, ReadMode.CONTINUOUS));
            assertThat(source.check()).extracting(Finding::fix).contains("ALTER ROLE " + role + " BYPASSRLS;");

            database.execute("alter role " + role + " bypassrls");
            assertThat(source.check()).extracting(Finding::fix).doesNotContain("ALTER ROLE " + role + " BYPASSRLS;");
            try (SnapshotHarness harness = new SnapshotHarness(section(database, role), 1, Optional.empty())) {
                harness.readAll();
                assertThat(harness.sorted(database.name(), "t")).hasSize(10);
            }
            drop(database, role);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot", "initial"})
    void stopsWhereAPolicyBeginsToHideRowsLater(String mode) throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            String role = createReader(database);
            ConfigSection section = section(database, role, "scan.startup.mode", mode);
            Saved saved;
            try (SnapshotHarness harness = new SnapshotHarness(section, 1, Optional.empty())) {
                saved = harness.checkpoint();
                database.execute(POLICY, "alter table t enable row level security");
                assertThatThrownBy(harness::readAll)
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(PostgresError.PRIVILEGE));
                assertThat(harness.rows).isEmpty();
            }
            assertThatThrownBy(() -> new SnapshotHarness(section, 1, Optional.of(saved)).close())
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            e -> assertThat(e.nextStep()).contains("BYPASSRLS"));
            drop(database, role);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"enable", "force"})
    void knowsWhatAPolicyMeansToTheTablesOwner(String how) throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            String role = createReader(database);
            database.execute(
                    POLICY,
                    "alter table t enable row level security",
                    "alter table t " + how + " row level security",
                    "alter table t owner to " + role);
            PostgresSource source = (PostgresSource) new PostgresSourceFactory()
                    .create(section(database, role), SnapshotHarness.context(1, ReadMode.CONTINUOUS));
            List<String> fixes = source.check().stream().map(Finding::fix).toList();
            if (how.equals("force")) {
                assertThat(fixes).contains("ALTER ROLE " + role + " BYPASSRLS;");
            } else {
                assertThat(fixes).noneMatch(fix -> fix.contains("BYPASSRLS"));
            }
            drop(database, role);
        }
    }
}
