package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.failure.PostgresError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The second half of {@link TypesTest}: what was written before the snapshot is written again, and comes through the log. */
class StreamedTypesTest {
    private static final int STREAMED = 1_000;
    private static final String STREAMED_ROWS = " where id >= " + STREAMED;

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void logShowsEveryTypeAsTheSnapshotAndTheServerDo(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            TypeCases.create(database);
            for (int i = 0; i < TypeCases.ALL.size(); i++) {
                database.execute(TypeCases.insert(i, 0));
            }
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 1, Optional.empty());
                    StreamedChanges log = StreamedChanges.after(harness)) {
                List<List<String>> expected = new ArrayList<>();
                for (int i = 0; i < TypeCases.ALL.size(); i++) {
                    database.execute(TypeCases.insert(i, STREAMED));
                    expected.add(TypeCases.expected(database, i));
                    String table = "t" + i;
                    database.execute(
                            "update " + table + " set id = id" + STREAMED_ROWS,
                            "alter table " + table + " replica identity full",
                            "update " + table + " set id = id" + STREAMED_ROWS,
                            "delete from " + table + STREAMED_ROWS);
                }
                log.readAll(database);
                SoftAssertions all = new SoftAssertions();
                for (int i = 0; i < TypeCases.ALL.size(); i++) {
                    compare(all, i, TypesTest.values(harness.sorted(database.name(), "t" + i)), expected.get(i), log);
                }
                all.assertAll();
            }
        }
    }

    private static void compare(
            SoftAssertions all, int index, List<String> snapshot, List<String> expected, StreamedChanges log) {
        String type = TypeCases.ALL.get(index).type();
        int count = snapshot.size();
        all.assertThat(expected.subList(0, count)).as(type).isEqualTo(snapshot);
        all.assertThat(expected.subList(count, expected.size())).as(type).isEqualTo(snapshot);
        List<String> twice =
                snapshot.stream().flatMap(value -> Stream.of(value, value)).toList();
        all.assertThat(log.values("t" + index, "INSERT")).as(type).isEqualTo(snapshot);
        all.assertThat(log.values("t" + index, "UPDATE_BEFORE")).as(type).isEqualTo(snapshot);
        all.assertThat(log.values("t" + index, "UPDATE_AFTER")).as(type).isEqualTo(twice);
        all.assertThat(log.values("t" + index, "DELETE")).as(type).isEqualTo(snapshot);
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.source.postgres.TypeCases#refused")
    void refusesValuesThatNoColumnCanHold(String type, String value, String why) throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute("create table odd (id integer primary key, v " + type + ")");
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 1, Optional.empty());
                    StreamedChanges log = StreamedChanges.after(harness)) {
                database.execute("insert into odd values (7, '" + value + "')");
                assertThatThrownBy(() -> log.readAll(database))
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(PostgresError.VALUE))
                        .hasMessageContaining(why)
                        .hasMessageContaining("Column v of " + database.name() + ".public.odd, row (id=7)");
                assertThat(log.values("odd", "INSERT")).isEmpty();
            }
        }
    }

    @Test
    void holdsInfiniteIntervals() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            String insert = "insert into t select i, v::interval from unnest(array['infinity', '-infinity'])"
                    + " with ordinality as u(v, i)";
            database.execute("create table t (id integer, v interval)", "alter table t replica identity full", insert);
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 1, Optional.empty());
                    StreamedChanges log = StreamedChanges.after(harness)) {
                database.execute(insert, "delete from t");
                log.readAll(database);
                assertThat(harness.sorted(database.name(), "t")).containsExactly("1|infinity", "2|-infinity");
                assertThat(log.values("t", "INSERT")).containsExactly("infinity", "-infinity");
                assertThat(log.values("t", "DELETE")).hasSize(4);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void showsGeneratedColumnsWhereTheLogCarriesThemAndThenInBoth(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            boolean carried = major >= 18;
            database.execute(
                    "create table made (id int primary key, twice int generated always as (a * 2) stored, a int, z text)",
                    "alter table made replica identity full",
                    "insert into made (id, a, z) values (1, 5, 'z')");
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 1, Optional.empty());
                    StreamedChanges log = StreamedChanges.after(harness)) {
                database.execute(
                        "insert into made (id, a, z) values (1000, 5, 'z')",
                        "update made set a = 6 where id = 1000",
                        "delete from made where id = 1000");
                log.readAll(database);
                String five = carried ? "10|5|z" : "5|z";
                String six = carried ? "12|6|z" : "6|z";
                assertThat(harness.sorted(database.name(), "made")).containsExactly("1|" + five);
                assertThat(log.values("made", "INSERT")).containsExactly(five);
                assertThat(log.values("made", "UPDATE_BEFORE")).containsExactly(five);
                assertThat(log.values("made", "UPDATE_AFTER")).containsExactly(six);
                assertThat(log.values("made", "DELETE")).containsExactly(six);
            }
        }
    }

    @Test
    void leavesVirtualColumnsOutOfBoth() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute(
                    "create table made (id int primary key, twice int generated always as (a * 2) virtual, a int)",
                    "insert into made (id, a) values (1, 5)");
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 1, Optional.empty());
                    StreamedChanges log = StreamedChanges.after(harness)) {
                database.execute("insert into made (id, a) values (1000, 5)", "update made set a = 6 where id = 1000");
                log.readAll(database);
                assertThat(harness.sorted(database.name(), "made")).containsExactly("1|5");
                assertThat(log.values("made", "INSERT")).containsExactly("5");
                assertThat(log.values("made", "UPDATE_AFTER")).containsExactly("6");
            }
        }
    }
}
