package dev.millrace.bench.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    private static final Workload WORKLOAD = new Workload(4000, 2, 600);

    @Test
    void changesInTheServerTheKeysThatBareWritersChange() throws Exception {
        try (BenchDatabase database = BenchDatabase.start(18)) {
            database.load(WORKLOAD);
            database.change(WORKLOAD);

            for (String table : List.of("data.t0000", "data.t0001")) {
                assertThat(keys(database, "id > 2000", table)).containsExactlyElementsOf(inserted());
                assertThat(keys(database, "id <= 2000 and price > 1.0", table)).containsExactlyElementsOf(updated());
                assertThat(database.query("select min(id) from " + table))
                        .isEqualTo(Long.toString(WORKLOAD.deletedKey(2, Workload.DELETES - 1) + 1));
            }
        }
    }

    @Test
    void makesRowsOfTheSizeThatIsPromised() throws Exception {
        try (BenchDatabase database = BenchDatabase.start(18)) {
            database.load(new Workload(400_000, 1, 100));

            assertThat(database.bytesPerRow()).isBetween(300L, 360L);
        }
    }

    @Test
    void refusesToDeleteMoreThanItLoads() {
        assertThatThrownBy(() -> new Workload(1000, 1, 10_000)).hasMessageContaining("delete more than half");
    }

    private static List<Long> keys(BenchDatabase database, String where, String table) throws Exception {
        String keys = database.query("select string_agg(id::text, ',' order by id) from " + table + " where " + where);
        return Arrays.stream(keys.split(",")).map(Long::valueOf).toList();
    }

    private static List<Long> inserted() {
        return transactions()
                .flatMap(t -> IntStream.range(0, Workload.INSERTS).mapToLong(i -> WORKLOAD.insertedKey(t, i)))
                .sorted()
                .boxed()
                .toList();
    }

    private static List<Long> updated() {
        return transactions()
                .flatMap(t -> IntStream.range(0, Workload.UPDATES).mapToLong(i -> WORKLOAD.updatedKey(t, i)))
                .sorted()
                .distinct()
                .boxed()
                .toList();
    }

    private static LongStream transactions() {
        return LongStream.range(0, 3);
    }
}
