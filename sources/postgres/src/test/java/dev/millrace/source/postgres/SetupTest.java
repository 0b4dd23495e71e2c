package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.config.ConfigSection;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.servers.faults.TcpProxy;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.spi.Checkable.Finding;
import dev.millrace.spi.Checkable.Level;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.SourceContext.ReadMode;
import dev.millrace.spi.SplitEnumerator;
import dev.millrace.spi.VersionedBytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetupTest {
    private static PostgresSource source(ConfigSection section) {
        return (PostgresSource)
                new PostgresSourceFactory().create(section, SnapshotHarness.context(1, ReadMode.CONTINUOUS));
    }

    private static void start(ConfigSection section) {
        try (SnapshotHarness harness = new SnapshotHarness(section, 1, Optional.empty())) {
            harness.checkpoint();
        }
    }

    private static void assertRefused(ConfigSection section, ErrorCode code, String message, String fix) {
        assertThatThrownBy(() -> start(section))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.nextStep()).contains(fix);
                })
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a int; ; no primary key; REPLICA IDENTITY FULL",
                "a int primary key; alter table t replica identity nothing; NOTHING; REPLICA IDENTITY DEFAULT",
                "a int primary key deferrable; ; no primary key; not deferrable",
            })
    void refusesReplicaIdentitiesThatWouldBreakTheSource(String columns, String then, String message, String fix)
            throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute("create table t (" + columns + ")");
            if (then != null) {
                database.execute(then);
            }
            assertRefused(database.section("t"), PostgresError.REPLICA_IDENTITY, message, fix);
            assertThat(database.query("select 1 from pg_publication")).isEmpty();
            assertThat(database.query("select 1 from pg_replication_slots where database = current_database()"))
                    .isEmpty();
        }
    }

    @Test
    void refusesUnloggedTablesAndPatternsWithoutATable() throws Exception {
        try (TestDatabase database = TestDatabase.on(14)) {
            database.execute("create unlogged table t (a int primary key)");
            assertRefused(database.section("t"), PostgresError.TABLES, "unlogged", "SET LOGGED");
            assertRefused(database.section("no_such"), PostgresError.TABLES, "matches no table", "Correct 'tables'");
        }
    }

    @Test
    void saysWhatIsWrongWithTheLogin() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            assertRefused(
                    database.section("t", "username", "nobody_here"), PostgresError.LOGIN, "nobody_here", "username");
            assertRefused(
                    database.section("t", "tables", "no_such_database.public.t"),
                    PostgresError.LOGIN,
                    "no_such_database",
                    "database");
            assertRefused(database.section("t", "port", "1"), PostgresError.ADDRESS, "127.0.0.1:1/", "hostname");
            assertRefused(
                    database.section("t", "hostname", "no-such-host.invalid"),
                    PostgresError.ADDRESS,
                    "no-such-host.invalid",
                    "hostname");
        }
    }

    @Test
    void waitsForAServerThatHasAnsweredBefore() throws Exception {
        try (TestDatabase database = TestDatabase.on(18);
                TcpProxy proxy =
                        TcpProxy.to(database.server().host(), database.server().port())) {
            database.execute("create table t (a int primary key)");
            PostgresSourceFactory process = new PostgresSourceFactory();
            ConfigSection section = database.section("t", "port", Integer.toString(proxy.port()));
            SourceContext context = SnapshotHarness.context(1, ReadMode.CONTINUOUS);
            VersionedBytes state;
            try (SplitEnumerator first = process.create(section, context).openEnumerator(Optional.empty(), List.of())) {
                state = first.state();
            }
            proxy.refuse();

            assertFails(process, section, Optional.empty(), PostgresError.CONNECTION);
            assertFails(new PostgresSourceFactory(), section, Optional.of(state), PostgresError.CONNECTION);
            assertFails(new PostgresSourceFactory(), section, Optional.empty(), PostgresError.ADDRESS);
        }
    }

    private static void assertFails(
            PostgresSourceFactory process, ConfigSection section, Optional<VersionedBytes> state, ErrorCode code) {
        assertThatThrownBy(() -> process.create(section, SnapshotHarness.context(1, ReadMode.CONTINUOUS))
                        .openEnumerator(state, List.of()))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void reusesPublicationAndSlotThatAreThere(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute("create table t (a int primary key)", "insert into t values (1)");
            start(database.section("t"));
            database.execute("insert into t values (2)");
            try (SnapshotHarness again = new SnapshotHarness(database.section("t"), 1, Optional.empty())) {
                again.readAll();
                assertThat(again.sorted(database.name(), "t")).containsExactly("1", "2");
                long confirmed = dev.millrace.source.postgres.setup.Slots.place(database.query(
                                "select confirmed_flush_lsn from pg_replication_slots where not temporary and database = current_database()")
                        .getFirst());
                assertThat(again.log().startPlace()).isGreaterThan(confirmed);
            }
            assertThat(database.query("select pubname from pg_publication")).hasSize(1);
        }
    }

    @Test
    void changesItsOwnPublicationButNoOther() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute("create table t (a int primary key)", "create table u (a int primary key)");
            start(database.section("t"));
            start(database.section("[tu]"));
            assertThat(database.query("select tablename from pg_publication_tables order by 1"))
                    .containsExactly("t", "u");

            database.execute("create publication theirs for table t");
            assertRefused(
                    database.section("[tu]", "publication.name", "theirs"),
                    PostgresError.PUBLICATION,
                    "lacks 1 of the tables",
                    "ALTER PUBLICATION theirs ADD TABLE ONLY \"public\".\"u\"");
            database.execute("alter publication theirs set (publish = 'insert')");
            assertRefused(
                    database.section("t", "publication.name", "theirs"),
                    PostgresError.PUBLICATION,
                    "every kind of change",
                    "SET (publish =");
            database.execute("create publication filtered for table t where (a > 1)");
            assertRefused(
                    database.section("t", "publication.name", "filtered"),
                    PostgresError.PUBLICATION,
                    "only some rows or columns",
                    "DROP TABLE");
        }
    }

    @Test
    void refusesASlotOfAnotherPlugin() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute(
                    "create table t (a int primary key)",
                    "select pg_create_logical_replication_slot('theirs', 'test_decoding')");
            assertRefused(
                    database.section("t", "slot.name", "theirs"),
                    PostgresError.SLOT,
                    "test_decoding",
                    "pg_drop_replication_slot('theirs')");
            assertThat(source(database.section("t", "slot.name", "theirs")).toDrop(Optional.empty()))
                    .isEmpty();
        }
    }

    @Test
    void beginsWithTheLogWhereTheFileSaysSo() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute("create table t (a int primary key)", "insert into t values (1)");
            assertRefused(
                    database.section("t", "scan.startup.mode", "committed-offset"),
                    PostgresError.SLOT,
                    "committed-offset",
                    "scan.startup.mode: initial");
            try (SnapshotHarness latest = new SnapshotHarness(
                    database.section("t", "scan.startup.mode", "latest-offset"),
                    2,
                    Optional.empty(),
                    ReadMode.UNTIL_CAUGHT_UP)) {
                latest.readAll();
                assertThat(latest.rows).isEmpty();
                assertThat(latest.openingChanges).hasSize(1);
                latest.checkpoint();
                assertThat(latest.log().end().orElseThrow().place())
                        .isGreaterThanOrEqualTo(latest.log().startPlace());
            }
            try (SnapshotHarness committed = new SnapshotHarness(
                    database.section("t", "scan.startup.mode", "committed-offset"), 2, Optional.empty())) {
                committed.readAll();
                assertThat(committed.log().end()).isEmpty();
            }
        }
    }

    @Test
    void leavesNoSlotAfterASnapshotAlone() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute("create table t (a int primary key)", "insert into t values (1)");
            try (SnapshotHarness harness =
                    new SnapshotHarness(database.section("t", "scan.startup.mode", "snapshot"), 2, Optional.empty())) {
                harness.readAll();
                assertThat(harness.sorted(database.name(), "t")).containsExactly("1");
                assertThat(harness.enumerator.next(0))
                        .isInstanceOf(dev.millrace.spi.SplitEnumerator.Assignment.Done.class);
            }
            assertThat(database.query("select 1 from pg_publication")).isEmpty();
            assertThat(database.query(
                            "select 1 from pg_replication_slots where database = current_database() and not temporary"))
                    .isEmpty();
        }
    }

    @Test
    void checkFindsEverythingInOrderForAGoodServer() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute("create table t (a int primary key)");
            List<Finding> findings = source(database.section("t")).check();
            assertThat(findings).extracting(Finding::level).doesNotContain(Level.ERROR);
            assertThat(findings)
                    .extracting(Finding::subject)
                    .contains("server", "TLS", "table " + database.name() + ".public.t");
            assertThat(database.query("select 1 from pg_publication")).isEmpty();
        }
    }

    @Test
    void checkNamesTheStatementThatMendsEachThing() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute(
                    "create table t (a int primary key)",
                    "create table nokey (a int)",
                    "create role \"Reader " + database.name() + "\" login",
                    "revoke all on schema public from public");
            Map<String, String> keys = new LinkedHashMap<>();
            database.section("t, " + database.name() + ".public.none", "username", "Reader " + database.name())
                    .values()
                    .forEach((key, value) -> keys.put(key, value.text()));
            keys.put("tables", keys.get("tables") + "," + database.name() + ".public.nokey");
            List<Finding> findings = source(TestDatabase.section(keys)).check();
            String role = "\"Reader " + database.name() + "\"";
            assertThat(findings)
                    .filteredOn(finding -> finding.level() == Level.ERROR)
                    .extracting(Finding::fix)
                    .contains(
                            "ALTER ROLE " + role + " REPLICATION;",
                            "GRANT USAGE ON SCHEMA public TO " + role + ";",
                            "GRANT SELECT ON \"public\".\"t\" TO " + role + ";",
                            "Correct the pattern: database.schema.table.")
                    .anyMatch(fix -> fix.contains("REPLICA IDENTITY FULL"))
                    .anyMatch(fix -> fix.startsWith("Let the owner of the tables run: CREATE PUBLICATION"));
            database.execute("drop role " + role);
        }
    }

    @Test
    void checkWarnsOfTablesWhoseUpdatesASinkMayNotTake() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute(
                    "create table keyed (a int primary key)",
                    "create table history (a int)",
                    "alter table history replica identity full");
            assertThat(source(database.section("\\.*")).check())
                    .filteredOn(finding -> finding.subject().startsWith("table "))
                    .satisfiesExactly(
                            history -> {
                                assertThat(history.subject()).endsWith(".public.history");
                                assertThat(history.level()).isEqualTo(Level.WARNING);
                                assertThat(history.fix())
                                        .contains("primary key")
                                        .contains("tables.exclude");
                            },
                            keyed -> assertThat(keyed.level()).isEqualTo(Level.OK));
        }
    }

    @Test
    void checkReportsAServerThatCannotBeReached() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            assertThat(source(database.section("t", "port", "1")).check())
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.level()).isEqualTo(Level.ERROR);
                        assertThat(finding.message()).contains("can't be reached");
                    });
        }
    }

    @Test
    void namesTheHostThatIsUnknown() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            assertRefused(
                    database.section("t", "hostname", "nowhere.invalid"),
                    PostgresError.ADDRESS,
                    "UnknownHostException: nowhere.invalid",
                    "'hostname'");
        }
    }
}
