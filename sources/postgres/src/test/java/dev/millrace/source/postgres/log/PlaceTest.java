package dev.millrace.source.postgres.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.TestDatabase;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.spi.PollRequest.Purpose;
import dev.millrace.spi.SplitReader.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the reader says that it stands, and what it leaves to the server to forget. */
class PlaceTest {
    private static final String TABLE = "create table t (id int primary key, filler text)";

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void standsOnlyBetweenTransactions(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute(TABLE);
            LogSplit split = LogHarness.here(database);
            database.execute(
                    "insert into t select i, repeat('x', 100) from generate_series(1, 5000) i",
                    "insert into t select i, repeat('x', 100) from generate_series(5001, 10000) i");
            try (LogHarness log = LogHarness.open(database, split, 10_000, Path.of("unused"))) {
                while (log.changes.isEmpty()) {
                    log.poll(Purpose.READ);
                }
                assertThat(log.changes.size()).isBetween(1, 4999);
                assertThat(log.reader.position()).isEmpty();

                Progress progress;
                do {
                    progress = log.poll(Purpose.REACH_BOUNDARY);
                } while (progress != Progress.AT_BOUNDARY);
                assertThat(log.changes).hasSize(5000);
                long between = log.place();
                assertThat(log.poll(Purpose.REACH_BOUNDARY)).isEqualTo(Progress.AT_BOUNDARY);
                assertThat(log.poll(Purpose.KEEP_ALIVE)).isEqualTo(Progress.IDLE);
                assertThat(log.changes).hasSize(5000);
                assertThat(log.place()).isEqualTo(between);

                log.catchUp();
                assertThat(log.changes).hasSize(10_000).doesNotHaveDuplicates();
                assertThat(log.place()).isGreaterThan(between);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void goesOnExactlyWhereItStood(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute(TABLE);
            LogSplit split = LogHarness.here(database);
            for (int i = 1; i <= 40; i++) {
                database.execute("insert into t values (" + i + ", 'a'), (" + -i + ", 'b')");
            }
            List<String> all = new ArrayList<>();
            for (int round = 0; round < 10; round++) {
                try (LogHarness log = LogHarness.open(database, split, 100, Path.of("unused"))) {
                    while (log.changes.size() < 6) {
                        log.poll(Purpose.READ);
                    }
                    while (log.poll(Purpose.REACH_BOUNDARY) != Progress.AT_BOUNDARY) {}
                    all.addAll(log.changes);
                    split = log.split();
                }
            }
            try (LogHarness log = LogHarness.open(database, split)) {
                all.addAll(log.catchUp().changes);
            }
            assertThat(all)
                    .isEqualTo(IntStream.rangeClosed(1, 40)
                            .boxed()
                            .flatMap(i -> List.of("INSERT t " + i + "|a", "INSERT t " + -i + "|b").stream())
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void letsTheServerForgetWhatWasAcknowledgedAndNothingElse(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute(TABLE);
            LogSplit split = LogHarness.here(database);
            database.execute("insert into t values (1, 'a')");
            try (LogHarness log = LogHarness.open(database, split)) {
                LogSplit first = log.catchUp().split();
                database.execute("insert into t values (2, 'b')");
                log.catchUp();
                log.poll(Purpose.KEEP_ALIVE);
                assertThat(LogHarness.confirmed(database)).isEqualTo(split.startPlace());

                log.reader.acknowledge(first.toSplit());
                awaitConfirmed(database, log, first.startPlace());
            }
            try (LogHarness log = LogHarness.open(database, split.at(LogHarness.confirmed(database)))) {
                assertThat(log.catchUp().changes).containsExactly("INSERT t 2|b");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void movesOnWhileOnlyOthersWrite(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major);
                TestDatabase other = TestDatabase.on(major)) {
            database.execute(TABLE);
            other.execute(TABLE);
            LogSplit split = LogHarness.here(database);
            try (LogHarness log = LogHarness.open(database, split)) {
                other.execute("insert into t select i, 'x' from generate_series(1, 10000) i");
                log.catchUp();
                assertThat(log.changes).isEmpty();
                log.acknowledge();
                awaitConfirmed(database, log, log.place());
                assertThat(log.place()).isGreaterThan(split.startPlace() + 100_000);
                split = log.split();
                database.execute("begin", "insert into t values (1, 'in between')");
                other.execute("insert into t select i, 'x' from generate_series(10001, 20000) i");
                log.catchUp();
                log.acknowledge();
                awaitConfirmed(database, log, log.place());
                split = log.split();
            }
            database.execute("commit");
            try (LogHarness log = LogHarness.open(database, split)) {
                assertThat(log.catchUp().changes).containsExactly("INSERT t 1|in between");
            }
        }
    }

    private static void awaitConfirmed(TestDatabase database, LogHarness log, long place) throws Exception {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (LogHarness.confirmed(database) != place && System.nanoTime() < deadline) {
            log.poll(Purpose.KEEP_ALIVE);
        }
        assertThat(LogHarness.confirmed(database)).isEqualTo(place);
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void stopsBeforeTheFirstRowOfAnotherShape(int major) throws Exception {
        for (String change : List.of(
                "alter table t add column more int",
                "alter table t rename filler to stuffing",
                "alter table t alter filler type varchar(10)",
                "alter table t alter id type bigint",
                "alter table t drop column filler")) {
            try (TestDatabase database = TestDatabase.on(major)) {
                database.execute(TABLE);
                LogSplit split = LogHarness.here(database);
                database.execute("insert into t values (1, 'before')");
                long before;
                try (LogHarness log = LogHarness.open(database, split)) {
                    log.catchUp();
                    before = log.place();
                    database.execute(change, "insert into t (id) values (2)");
                    assertThatThrownBy(log::catchUp)
                            .isInstanceOfSatisfying(
                                    MillraceException.class,
                                    e -> assertThat(e.code()).isEqualTo(PostgresError.SCHEMA))
                            .hasMessageContaining("public.t");
                    assertThat(log.changes).containsExactly("INSERT t 1|before");
                }
                try (LogHarness log = LogHarness.open(database, split.at(before))) {
                    assertThatThrownBy(log::catchUp).isInstanceOf(MillraceException.class);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void showsHowFarBehindItIs(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute(TABLE);
            LogSplit split = LogHarness.here(database);
            database.execute("insert into t select i, repeat('x', 100) from generate_series(1, 200000) i");
            try (LogHarness log = LogHarness.open(database, split)) {
                assertThat(log.progress.lagBytes()).isEqualTo(-1);
                while (log.changes.isEmpty()) {
                    log.poll(Purpose.READ);
                }
                assertThat(log.progress.lagBytes()).isGreaterThan(16 << 20);
                assertThat(log.progress.lagMicros()).isPositive();
                assertThat(log.progress.hasCaughtUp()).isFalse();
                log.catchUp();
                while (log.poll(Purpose.READ) != Progress.IDLE) {}
                assertThat(log.progress.hasCaughtUp()).isTrue();
                assertThat(log.progress.lagBytes()).isLessThan(1 << 20);
                assertThat(log.progress.lagMicros()).isZero();
            }
        }
    }
}
