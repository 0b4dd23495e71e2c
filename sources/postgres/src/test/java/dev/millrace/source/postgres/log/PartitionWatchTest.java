package dev.millrace.source.postgres.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.TestDatabase;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.split.LogSplit;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions that come and go, of which the log says nothing. */
class PartitionWatchTest {
    private static final String LIKE = "create table x (like t including all); ";
    private static final String FILL = "insert into x values (25, 'before', 'it was attached'); ";
    private static final String ATTACH = "alter table t attach partition x for values from (20) to (30)";
    private static final String BRANCH = "create table branch (like t including all) partition by range (a);"
            + " create table twig partition of branch for values from (60) to (70); ";
    private static final String ATTACH_BRANCH = "alter table t attach partition branch for values from (60) to (80)";

    private final List<String> warnings = new ArrayList<>();

    /** With the partitions p, q and, below sub, s. */
    private static TestDatabase database(int major) throws SQLException {
        TestDatabase database = TestDatabase.on(major);
        database.execute(
                "create table t (a int primary key, b text not null, c text default 'c') partition by range (a)",
                "create table p partition of t for values from (0) to (10)",
                "create table q partition of t for values from (10) to (20)",
                "create table sub partition of t for values from (30) to (50) partition by range (a)",
                "create table s partition of sub for values from (30) to (40)",
                "create table plain (a int primary key)",
                "insert into t values (1, '', ''), (11, '', ''), (31, '', '')");
        return database;
    }

    private CatalogWatch watch(TestDatabase database, LogSplit split) {
        return new CatalogWatch(database.connection(), split.target(), warnings::add);
    }

    private static void run(TestDatabase database, String statements) throws SQLException {
        database.execute(statements.split(";"));
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void saysOnceWhichPartitionsWereDroppedOrDetached(int major) throws Exception {
        try (TestDatabase database = database(major)) {
            LogSplit split = LogHarness.here(database);
            CatalogWatch watch = watch(database, split);
            watch.look();
            run(database, "create table fresh partition of t for values from (50) to (60)");
            watch.look();
            assertThat(warnings).isEmpty();
            run(database, "drop table p; alter table sub detach partition s; drop table fresh");
            watch.look();
            watch.look();
            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .contains("\"public\".\"p\"")
                    .contains("\"public\".\"s\"")
                    .contains("\"public\".\"fresh\"")
                    .contains("of table " + database.name() + ".public.t were dropped or detached")
                    .contains("rows stay in the sink")
                    .contains("'tables.exclude'")
                    .doesNotContain("\"q\"");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void saysAtAStartWhatHasGoneSinceReadingBegan(int major) throws Exception {
        try (TestDatabase database = database(major)) {
            LogSplit split = LogHarness.here(database);
            database.execute("alter table t detach partition p concurrently", "drop table plain");
            watch(database, split).look();
            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .contains("Partition \"public\".\"p\" of table " + database.name() + ".public.t was dropped or");
            database.execute("drop table t");
            warnings.clear();
            watch(database, split).look();
            assertThat(warnings).isEmpty();
        }
    }

    static List<List<Object>> attachments() {
        List<List<Object>> all = new ArrayList<>();
        for (String changes : List.of(
                LIKE + FILL + ATTACH,
                "begin; " + LIKE + FILL + ATTACH + "; commit",
                "create table x as select 25 as a, ''::text as b, ''::text as c; alter table x alter a set not null,"
                        + " alter b set not null; alter table x add primary key (a); " + ATTACH,
                "create table x (c text, gone int, b text not null, a int not null); alter table x drop gone;"
                        + " insert into x values ('', '', 25); " + ATTACH,
                LIKE + FILL + "alter table t attach partition x default",
                LIKE
                        + "insert into x values (45, '', ''); alter table sub attach partition x for values from (40) to (50)",
                BRANCH + "insert into branch values (61, '', ''); " + ATTACH_BRANCH,
                "alter table t detach partition p; insert into p values (2, '', '');"
                        + " alter table t attach partition p for values from (0) to (10)")) {
            all.add(List.of(14, changes));
            all.add(List.of(18, changes));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("attachments")
    void stopsWhereAPartitionBringsRowsWithIt(List<Object> attachment) throws Exception {
        try (TestDatabase database = database((int) attachment.get(0))) {
            CatalogWatch watch = watch(database, LogHarness.here(database));
            watch.look();
            run(database, (String) attachment.get(1));
            assertThatThrownBy(watch::look)
                    .isInstanceOfSatisfying(MillraceException.class, e -> {
                        assertThat(e.code()).isEqualTo(PostgresError.SCHEMA);
                        assertThat(e.nextStep()).contains("'tables.exclude'");
                    })
                    .hasMessageContaining("attached to table " + database.name() + ".public.t: \"public\".\"");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void goesOnWhereAllRowsOfAPartitionAreInTheLog(int major) throws Exception {
        try (TestDatabase database = database(major)) {
            CatalogWatch watch = watch(database, LogHarness.here(database));
            watch.look();
            run(
                    database,
                    "create table u partition of t (b default 'b' not null, check (a > 0)) for values from (20) to (30);"
                            + " create table v partition of sub for values from (40) to (50);"
                            + " create table w partition of t for values from (50) to (60) partition by range (a);"
                            + " create table w1 partition of w default; "
                            + BRANCH
                            + ATTACH_BRANCH
                            + "; insert into t values (21, '', ''), (41, '', ''), (51, '', '');"
                            + "begin; create table y partition of t for values from (80) to (90);"
                            + " insert into y values (81, '', ''); commit");
            watch.look();
            run(
                    database,
                    "create table twig2 partition of branch for values from (70) to (80);"
                            + " insert into t values (61, 'in the', 'log'), (71, '', '');"
                            + " alter table t add column d int default 4; vacuum full u; vacuum freeze pg_inherits");
            assertThatCode(watch::look).doesNotThrowAnyException();
            assertThat(warnings).isEmpty();
        }
    }

    @Test
    void remembersAPartitionThatWasAttachedEmptyAndFilledLater() throws Exception {
        try (TestDatabase database = database(18)) {
            CatalogWatch watch = watch(database, LogHarness.here(database));
            watch.look();
            run(database, LIKE + ATTACH);
            watch.look();
            run(database, "insert into t values (25, '', '')");
            assertThatCode(watch::look).doesNotThrowAnyException();
        }
    }
}
