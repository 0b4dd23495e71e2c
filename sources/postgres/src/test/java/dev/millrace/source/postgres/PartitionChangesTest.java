package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.SchemaChange;
import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.SnapshotHarness.Saved;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.spi.Checkable;
import dev.millrace.spi.Checkable.Finding;
import dev.millrace.spi.Checkable.Level;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.SourceContext.ReadMode;
import dev.millrace.spi.SplitReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions that come and go while a pipeline reads their table through its root, and between its runs. */
@Timeout(120)
class PartitionChangesTest {
    private static TestDatabase database(int major) throws Exception {
        TestDatabase database = TestDatabase.on(major);
        database.execute(
                "create table t (a int primary key) partition by range (a)",
                "create table p partition of t for values from (0) to (10)",
                "create table q partition of t for values from (10) to (20)",
                "create table other (a int primary key)",
                "insert into t values (1), (11)");
        return database;
    }

    private static SnapshotHarness start(TestDatabase database, Optional<Saved> saved, String... more)
            throws Exception {
        database.awaitFreeSlots();
        return new SnapshotHarness(database.section("(t|other)", more), 1, saved, ReadMode.UNTIL_CAUGHT_UP);
    }

    private static Saved run(TestDatabase database, Optional<Saved> saved, String... more) throws Exception {
        try (SnapshotHarness harness = start(database, saved, more)) {
            harness.readAll();
            harness.followLog();
            return harness.checkpoint();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void stopsWithinSecondsWhereAPartitionBringsRowsWithIt(int major) throws Exception {
        try (TestDatabase database = database(major);
                SnapshotHarness harness = new SnapshotHarness(database.section("(t|other)"), 1, Optional.empty())) {
            harness.readAll();
            try (SplitReader reader = harness.source.openReader(0)) {
                reader.assign(harness.log().toSplit());
                poll(reader);
                database.execute(
                        "create table x (a int primary key)",
                        "insert into x values (21)",
                        "alter table t attach partition x for values from (20) to (30)");
                long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
                assertThatThrownBy(() -> {
                            while (System.nanoTime() < until) {
                                poll(reader);
                            }
                        })
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(PostgresError.SCHEMA))
                        .hasMessageContaining("\"public\".\"x\"");
            }
        }
    }

    private static void poll(SplitReader reader) {
        reader.poll(element -> {}, PollRequest.read(Duration.ofMillis(50).toNanos()));
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void warnsOfPartitionsThatAreGoneAndReadsTheTableAnew(int major) throws Exception {
        try (TestDatabase database = database(major)) {
            Saved saved = run(database, Optional.empty());
            assertThat(warnings(database, saved)).isEmpty();
            database.execute("drop table p", "insert into t values (12)");
            assertThat(warnings(database, saved)).singleElement().satisfies(finding -> {
                assertThat(finding.message())
                        .contains("Partition \"public\".\"p\"")
                        .contains("stay in the sink");
                assertThat(finding.fix()).contains("'tables.exclude'");
            });
            saved = run(database, Optional.of(saved));
            saved = run(database, Optional.of(saved), "tables.exclude", database.name() + ".public.t");
            try (SnapshotHarness harness = start(database, Optional.of(saved))) {
                assertThat(harness.openingChanges)
                        .contains(new SchemaChange.TruncateTable(new TableId(database.name(), "public", "t")));
                harness.readAll();
                assertThat(harness.sorted(database.name(), "t")).containsExactly("11", "12");
                harness.followLog();
                saved = harness.checkpoint();
            }
            assertThat(warnings(database, saved)).isEmpty();
        }
    }

    private static List<Finding> warnings(TestDatabase database, Saved saved) throws Exception {
        database.awaitFreeSlots();
        try (var source = new PostgresSourceFactory()
                .create(database.section("(t|other)"), SnapshotHarness.context(1, ReadMode.UNTIL_CAUGHT_UP))) {
            return ((Checkable) source)
                    .check(saved.state()).stream()
                            .filter(finding -> finding.level() != Level.OK
                                    && finding.subject().equals("table " + database.name() + ".public.t"))
                            .toList();
        }
    }
}
