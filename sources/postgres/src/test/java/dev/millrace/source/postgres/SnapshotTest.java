package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
    private static final String[] NO_MORE = {};

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void readsEveryRowOnceInSeveralReaders(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute(
                    "create table big (id bigint primary key, filler text)",
                    "insert into big select i, repeat('x', 300) from generate_series(1, 250000) i",
                    "analyze big",
                    "create table small (a int, b text, primary key (a))",
                    "insert into small values (1, 'one'), (2, null)");
            try (SnapshotHarness harness =
                    new SnapshotHarness(database.section("\\.*", NO_MORE), 2, Optional.empty())) {
                harness.readAll();

                assertThat(harness.sorted(database.name(), "big"))
                        .isEqualTo(database.query(
                                "select id || '|' || filler from big order by (id || '|' || filler) collate \"C\""));
                assertThat(harness.sorted(database.name(), "small")).containsExactly("1|one", "2|null");
                assertThat(harness.log().target().skips().tables()).isEmpty();
                assertThat(harness.log().target().tables()).hasSize(2);
            }
        }
    }
}
