package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.failure.PostgresError;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypesTest {
    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void snapshotShowsEveryTypeAsTheServerDoes(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            TypeCases.create(database);
            for (int i = 0; i < TypeCases.ALL.size(); i++) {
                database.execute(TypeCases.insert(i, 0));
            }
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 1, Optional.empty())) {
                harness.readAll();
                SoftAssertions all = new SoftAssertions();
                for (int i = 0; i < TypeCases.ALL.size(); i++) {
                    all.assertThat(values(harness.sorted(database.name(), "t" + i)))
                            .as(TypeCases.ALL.get(i).type())
                            .isEqualTo(TypeCases.expected(database, i));
                }
                all.assertAll();
            }
        }
    }

    static List<String> values(List<String> rows) {
        return rows.stream()
                .sorted(Comparator.comparing(row -> Integer.parseInt(row.substring(0, row.indexOf('|')))))
                .map(row -> row.substring(row.indexOf('|') + 1))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.source.postgres.TypeCases#refused")
    void refusesValuesThatNoColumnCanHold(String type, String value, String why) throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute(
                    "create table odd (id integer primary key, v " + type + ")",
                    "insert into odd values (7, '" + value + "')");
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 1, Optional.empty())) {
                assertThatThrownBy(harness::readAll)
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(PostgresError.VALUE))
                        .hasMessageContaining(why)
                        .hasMessageContaining("Column v of " + database.name() + ".public.odd, row (id=7)");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tsquery", "regclass", "int2vector", "aclitem"})
    void refusesTypesWithoutALosslessFormByName(String type) throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute("create table odd (id integer primary key, v " + type + ")");
            assertThatThrownBy(() -> new SnapshotHarness(database.section("\\.*"), 1, Optional.empty()))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(PostgresError.TYPE))
                    .hasMessageContaining(type);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 17})
    void holdsNumericsWithScaleBeyondPrecision(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute(
                    "create table odd (id integer primary key, a numeric(2,5), b numeric(3,-2), c numeric)",
                    "insert into odd values (1, 0.00099, 99900, 'Infinity'), (2, -0.00001, -100, '-Infinity')");
            try (SnapshotHarness harness = new SnapshotHarness(database.section("\\.*"), 1, Optional.empty())) {
                harness.readAll();
                assertThat(harness.sorted(database.name(), "odd"))
                        .containsExactly("1|0.00099|99900|Infinity", "2|-0.00001|-100|-Infinity");
            }
        }
    }
}
