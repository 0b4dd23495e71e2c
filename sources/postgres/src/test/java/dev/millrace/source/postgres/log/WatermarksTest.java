package dev.millrace.source.postgres.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.model.ChangeBatch;
import dev.millrace.model.StreamElement;
import dev.millrace.model.Watermark;
import dev.millrace.servers.PostgresServer;
import dev.millrace.servers.PostgresSettings;
import dev.millrace.servers.Programs;
import dev.millrace.source.postgres.TestDatabase;
import dev.millrace.source.postgres.split.LogEnd;
import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.PollRequest.Purpose;
import dev.millrace.spi.SplitReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the reader says about commit times, in band and with its position. */
class WatermarksTest {
    private static final String TABLE = "create table t (id int primary key, filler text)";

    @TempDir
    Path spill;

    /** Holds every promise against what follows it. */
    private static final class Witness {
        final List<Long> watermarks = new ArrayList<>();
        long rows;
        long lastCommit;
        private long emittedAt;
        private long shortestPause = Long.MAX_VALUE;
        private long lastTransaction = -1;
        private long transactionBefore = -1;

        void take(StreamElement element) {
            if (element instanceof Watermark watermark) {
                long now = System.nanoTime();
                if (!watermarks.isEmpty()) {
                    assertThat(watermark.micros()).isGreaterThan(watermarks.getLast());
                    shortestPause = Math.min(shortestPause, now - emittedAt);
                }
                emittedAt = now;
                watermarks.add(watermark.micros());
                transactionBefore = lastTransaction;
                return;
            }
            ChangeBatch batch = (ChangeBatch) element;
            rows += batch.rows();
            for (int run = 0; run < batch.transactions().count(); run++) {
                lastTransaction = batch.transactions().id(run);
                lastCommit = batch.transactions().commitMicros(run);
                assertThat(lastTransaction)
                        .as("a watermark within a transaction")
                        .isNotEqualTo(transactionBefore);
                if (!watermarks.isEmpty()) {
                    assertThat(lastCommit).isGreaterThanOrEqualTo(watermarks.getLast());
                }
            }
        }

        long newest() {
            return watermarks.isEmpty() ? Watermark.NONE : watermarks.getLast();
        }

        void poll(SplitReader reader) {
            reader.poll(this::take, new PollRequest(Purpose.READ, 20_000_000));
        }
    }

    /** Many sessions commit at once, and now and then a large transaction that takes several polls. */
    private static CompletableFuture<Void> write(TestDatabase database, int session) {
        return CompletableFuture.runAsync(() -> {
            try (Connection connection = database.server().connect(database.name());
                    Statement statement = connection.createStatement()) {
                for (int i = 0; i < 150; i++) {
                    int first = 1_000_000 * session + 1_000 * i;
                    statement.execute("insert into t select i, repeat('x', 200) from generate_series(" + first + ", "
                            + (first + (i % 100 == 50 ? 900 : 2)) + ") i");
                    statement.execute("select pg_sleep(0.003)");
                }
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void keepsEveryPromiseUnderLoadAndComesToTheLastCommitAfterwards(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute(TABLE);
            try (LogHarness log = LogHarness.open(database, LogHarness.here(database), 20_000, spill)) {
                Witness witness = new Witness();
                CompletableFuture<Void> writers = CompletableFuture.allOf(
                        write(database, 1), write(database, 2), write(database, 3), write(database, 4));
                while (!writers.isDone()) {
                    witness.poll(log.reader);
                }
                writers.join();
                assertThat(witness.watermarks).hasSizeGreaterThan(5);
                long deadline = System.nanoTime() + 20_000_000_000L;
                while (witness.newest() < witness.lastCommit && System.nanoTime() < deadline) {
                    witness.poll(log.reader);
                }
                assertThat(witness.rows).isEqualTo(4 * (149 * 3 + 901));
                assertThat(witness.newest()).isGreaterThanOrEqualTo(witness.lastCommit);
                assertThat(witness.newest()).isLessThan(System.currentTimeMillis() * 1000);
                assertThat(witness.shortestPause)
                        .as("100 ms by the reader's own clock")
                        .isGreaterThan(50_000_000);
            }
        }
    }

    @Test
    void promisesNothingDuringTheInitialLoad() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute(TABLE);
            LogSplit here = LogHarness.here(database);
            database.execute("insert into t values (1, 'before')");
            long consistent = LogHarness.head(database);
            LogSplit loading = new LogSplit(here.startPlace(), Optional.empty(), consistent + 1, here.target());
            try (LogHarness log = LogHarness.open(database, loading)) {
                while (log.place() < consistent) {
                    log.poll(Purpose.READ);
                    log.poll(Purpose.REACH_BOUNDARY);
                }
                assertThat(log.changes).containsExactly("INSERT t 1|before");
                assertThat(log.reader.position().orElseThrow().consistent()).isFalse();
                assertThat(log.watermarks).isEmpty();
                database.execute("insert into t values (2, 'after')");
                log.catchUp();
                assertThat(log.reader.position().orElseThrow().consistent()).isTrue();
                assertThat(log.watermarks).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void knowsHowFarAnIdleDatabaseIsCompleteRightAfterARestart(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute(TABLE, "insert into t values (1, 'long ago')");
            LogSplit split = LogHarness.here(database);
            try (LogHarness log = LogHarness.open(database, split)) {
                log.catchUp();
                split = log.split();
            }
            long before = System.currentTimeMillis() * 1000;
            try (LogHarness log = LogHarness.open(database, split)) {
                log.poll(Purpose.REACH_BOUNDARY);
                long deadline = System.nanoTime() + 10_000_000_000L;
                while (log.reader.position().orElseThrow().completeMicros() < before && System.nanoTime() < deadline) {
                    log.poll(Purpose.READ);
                }
                assertThat(log.reader.position().orElseThrow().completeMicros()).isGreaterThanOrEqualTo(before);
                assertThat(log.watermarks.getLast()).isGreaterThanOrEqualTo(before);
                assertThat(log.changes).isEmpty();
            }
        }
    }

    @Test
    void knowsHowFarAnIdleDatabaseIsCompleteWhenThereIsNothingToCatchUpWith() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute(TABLE);
            LogSplit split = LogHarness.here(database);
            try (LogHarness log = LogHarness.open(database, split.at(LogHarness.head(database)))) {
                split = log.catchUp().split();
            }
            LogEnd end = new LogEnd(split.startPlace(), 4711);
            try (LogHarness log = LogHarness.open(database, split.until(Optional.of(end)))) {
                assertThat(log.poll(Purpose.READ)).isEqualTo(SplitReader.Progress.FINISHED);
                assertThat(log.reader.position().orElseThrow().completeMicros()).isEqualTo(end.micros());
            }
        }
    }

    @Test
    void knowsHowFarItIsCompleteWhereOnlyOthersHaveWritten() throws Exception {
        try (TestDatabase database = TestDatabase.on(18)) {
            database.execute(TABLE);
            LogSplit split = LogHarness.here(database);
            database.execute(
                    "create table foreign_to_us (id int)", "insert into foreign_to_us select generate_series(1, 1000)");
            long begun = System.currentTimeMillis() * 1000;
            LogEnd end = flushedEnd(database);
            try (LogHarness log = LogHarness.open(database, split.until(Optional.of(end)))) {
                while (log.poll(Purpose.READ) != SplitReader.Progress.FINISHED) {
                    assertThat(log.changes).isEmpty();
                }
                assertThat(log.reader.position().orElseThrow().completeMicros()).isGreaterThan(begun - 1_100_000);
            }
        }
    }

    /** The server's own records are not flushed for a moment: then nothing is said about the time. */
    private static LogEnd flushedEnd(TestDatabase database) throws Exception {
        try (Connection connection = database.sessions().sql("test")) {
            LogEnd end = LogHead.end(connection, true).orElseThrow();
            for (int attempt = 0; attempt < 100 && end.micros() == Watermark.NONE; attempt++) {
                database.execute("insert into foreign_to_us values (1)");
                end = LogHead.end(connection, true).orElseThrow();
            }
            return end;
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void waitsForCommitsThatTheDiskHoldsUp() throws Exception {
        try (PostgresServer server = PostgresServer.started(PostgresSettings.ofMajor(18));
                TestDatabase database = TestDatabase.on(server)) {
            database.execute(TABLE);
            try (LogHarness log = LogHarness.open(database, LogHarness.here(database))) {
                log.catchUp();
                String flusher = database.query(
                                "select pid::text from pg_stat_activity where backend_type = 'walwriter'")
                        .getFirst();
                Witness witness = new Witness();
                Programs.execute(List.of("sh", "-c", "kill -STOP " + flusher));
                try {
                    database.execute("set synchronous_commit = off", "insert into t values (1, 'not on disk')");
                    long until = System.nanoTime() + 4_000_000_000L;
                    while (System.nanoTime() < until) {
                        witness.poll(log.reader);
                    }
                    assertThat(witness.rows).isZero();
                } finally {
                    Programs.execute(List.of("sh", "-c", "kill -CONT " + flusher));
                }
                long deadline = System.nanoTime() + 20_000_000_000L;
                while (witness.rows == 0 && System.nanoTime() < deadline) {
                    witness.poll(log.reader);
                }
                assertThat(witness.rows).isOne();
            }
        }
    }
}
