package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.SplitEnumerator;
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

    /** 64 MB, of which the table's own pages are three. */
    @ParameterizedTest
    @ValueSource(strings = {"id int primary key", "id text primary key"})
    void cutsATableOfFewButLargeRows(String key) throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute(
                    "create table large (" + key + ", document text)",
                    "alter table large alter document set storage external",
                    "insert into large select i, repeat('x', 200000) from generate_series(1, 320) i",
                    "analyze large");
            try (SnapshotHarness harness = new SnapshotHarness(database.section("large"), 2, Optional.empty())) {
                int splits = 0;
                while (harness.enumerator.next(0) instanceof SplitEnumerator.Assignment.Read) {
                    splits++;
                }
                assertThat(splits).isBetween(2, 4);
            }
            try (SnapshotHarness harness = new SnapshotHarness(database.section("large"), 2, Optional.empty())) {
                harness.readAll();
                assertThat(harness.sorted(database.name(), "large")).hasSize(320);
            }
        }
    }
}
