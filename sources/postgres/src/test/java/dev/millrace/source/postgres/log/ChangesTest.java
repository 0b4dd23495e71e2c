package dev.millrace.source.postgres.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.TestDatabase;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.split.LogSplit;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each statement becomes, under each replica identity. */
class ChangesTest {
    private static final String LARGE = "repeat('large ', 10000)";

    private static List<String> changes(int major, List<String> before, String... statements) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute(before.toArray(String[]::new));
            LogSplit split = LogHarness.here(database);
            database.execute(statements);
            try (LogHarness log = LogHarness.open(database, split)) {
                return log.catchUp().changes.stream()
                        .map(change -> change.replaceAll("(large )+", "LARGE"))
                        .toList();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void namesRowsByTheirPrimaryKey(int major) throws Exception {
        assertThat(changes(
                        major,
                        List.of("create table t (a text, id int primary key, b int)"),
                        "insert into t values ('one', 1, 10), (null, 2, null)",
                        "update t set a = 'uno' where id = 1",
                        "update t set b = 20 where id = 2",
                        "delete from t where id = 1"))
                .containsExactly(
                        "INSERT t one|1|10",
                        "INSERT t null|2|null",
                        "UPDATE_AFTER t uno|1|10",
                        "UPDATE_AFTER t null|2|20",
                        "DELETE t ~|1|~");
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void givesFormerRowsUnderFullIdentity(int major) throws Exception {
        assertThat(changes(
                        major,
                        List.of(
                                "create table t (id int primary key, a text)",
                                "alter table t replica identity full",
                                "create table keyless (a text, b int)",
                                "alter table keyless replica identity full"),
                        "insert into t values (1, 'one')",
                        "update t set a = null",
                        "delete from t",
                        "insert into keyless values ('x', 1), ('x', 1)",
                        "update keyless set b = 2 where ctid = '(0,1)'",
                        "delete from keyless where b = 1"))
                .containsExactly(
                        "INSERT t 1|one",
                        "UPDATE_BEFORE t 1|one",
                        "UPDATE_AFTER t 1|null",
                        "DELETE t 1|null",
                        "INSERT keyless x|1",
                        "INSERT keyless x|1",
                        "UPDATE_BEFORE keyless x|1",
                        "UPDATE_AFTER keyless x|2",
                        "DELETE keyless x|1");
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void namesRowsByTheIndexOfTheIdentity(int major) throws Exception {
        assertThat(changes(
                        major,
                        List.of(
                                "create table t (id int primary key, code text not null, a int)",
                                "create unique index by_code on t (code)",
                                "alter table t replica identity using index by_code"),
                        "insert into t values (1, 'x', 1)",
                        "update t set a = 2",
                        "update t set code = 'y'",
                        "delete from t"))
                .containsExactly(
                        "INSERT t 1|x|1", "UPDATE_AFTER t 1|x|2", "DELETE t ~|x|~", "INSERT t 1|y|2", "DELETE t ~|y|~");
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void marksLargeValuesThatDidNotChange(int major) throws Exception {
        assertThat(changes(
                        major,
                        List.of(
                                "create table t (id int primary key, a int, large text)",
                                "alter table t alter large set storage external"),
                        "insert into t values (1, 1, " + LARGE + ")",
                        "update t set a = 2",
                        "update t set large = null",
                        "update t set large = " + LARGE))
                .containsExactly(
                        "INSERT t 1|1|LARGE",
                        "UPDATE_AFTER t 1|2|~",
                        "UPDATE_AFTER t 1|2|null",
                        "UPDATE_AFTER t 1|2|LARGE");
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void completesLargeValuesFromTheFormerRow(int major) throws Exception {
        assertThat(changes(
                        major,
                        List.of(
                                "create table t (id int primary key, a int, large text)",
                                "alter table t alter large set storage external",
                                "alter table t replica identity full"),
                        "insert into t values (1, 1, " + LARGE + ")",
                        "update t set a = 2",
                        "update t set id = 3"))
                .containsExactly(
                        "INSERT t 1|1|LARGE",
                        "UPDATE_BEFORE t 1|1|LARGE",
                        "UPDATE_AFTER t 1|2|LARGE",
                        "DELETE t 1|2|LARGE",
                        "INSERT t 3|2|LARGE");
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void turnsAChangeOfTheKeyIntoADeleteAndAnInsert(int major) throws Exception {
        assertThat(changes(
                        major,
                        List.of("create table t (a int, b text, c int, primary key (a, b))"),
                        "insert into t values (1, 'x', 1)",
                        "update t set b = 'y'",
                        "update t set a = a, c = 2"))
                .containsExactly("INSERT t 1|x|1", "DELETE t 1|x|~", "INSERT t 1|y|1", "UPDATE_AFTER t 1|y|2");
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void refusesAChangeOfTheKeyWithoutTheLargeValue(int major) {
        assertThatThrownBy(() -> changes(
                        major,
                        List.of(
                                "create table t (id int primary key, large text)",
                                "alter table t alter large set storage external"),
                        "insert into t values (1, " + LARGE + ")",
                        "update t set id = 2"))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(PostgresError.UNCHANGED))
                .hasMessageContaining("(id=2)")
                .hasMessageContaining("column large");
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void truncatesBetweenTheRowsBeforeAndAfter(int major) throws Exception {
        assertThat(changes(
                        major,
                        List.of(
                                "create table parent (id int primary key)",
                                "create table child (id int primary key, parent int references parent)"),
                        "begin",
                        "insert into parent values (1)",
                        "insert into child values (1, 1)",
                        "truncate parent cascade",
                        "insert into parent values (2)",
                        "commit",
                        "truncate child"))
                .containsExactly(
                        "INSERT parent 1",
                        "INSERT child 1|1",
                        "TRUNCATE parent",
                        "TRUNCATE child",
                        "INSERT parent 2",
                        "TRUNCATE child");
    }

    /** A partition is created with the default identity, whatever its root's is. */
    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void takesOfFormerRowsOnlyWhatAPartitionOfAFullTableSays(int major) throws Exception {
        List<String> before = List.of(
                "create table t (id int primary key, a text not null, b int) partition by range (id)",
                "alter table t replica identity full",
                "create table p partition of t default",
                "alter table p alter a set storage external",
                "insert into t values (1, " + LARGE + ", 1)");
        assertThat(changes(
                        major,
                        before,
                        "update t set b = 2",
                        "insert into t values (2, 'two', 2)",
                        "update t set id = 3 where id = 2",
                        "delete from t where id = 1",
                        "alter table p replica identity full",
                        "delete from t"))
                .containsExactly(
                        "UPDATE_AFTER t 1|~|2",
                        "INSERT t 2|two|2",
                        "DELETE t 2|~|~",
                        "INSERT t 3|two|2",
                        "DELETE t 1|~|~",
                        "DELETE t 3|two|2");
        assertThatThrownBy(() -> changes(major, before, "update t set id = 2"))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(PostgresError.UNCHANGED));
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void followsPartitionsThroughTheirRoot(int major) throws Exception {
        assertThat(changes(
                        major,
                        List.of(
                                "create table parted (id int, a text, primary key (id)) partition by range (id)",
                                "create table low partition of parted for values from (0) to (10)",
                                "create table high (a text, id int not null)",
                                "alter table parted attach partition high for values from (10) to (20)"),
                        "insert into parted values (1, 'low'), (11, 'high')",
                        "update parted set id = 12 where id = 1",
                        "delete from parted where id = 11",
                        "truncate parted"))
                .containsExactly(
                        "INSERT parted 1|low",
                        "INSERT parted 11|high",
                        "DELETE parted 1|~",
                        "INSERT parted 12|low",
                        "DELETE parted 11|~",
                        "TRUNCATE parted");
    }
}
