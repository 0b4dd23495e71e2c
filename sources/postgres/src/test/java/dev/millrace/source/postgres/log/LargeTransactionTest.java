package dev.millrace.source.postgres.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.ErrorCode.Remedy;
import dev.millrace.error.MillraceException;
import dev.millrace.servers.faults.SmallDisk;
import dev.millrace.source.postgres.TestDatabase;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.spi.PollRequest.Purpose;
import dev.millrace.spi.SplitReader.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions that the server sends while they are in progress: here all above 64 kB. */
@EnabledOnOs(OS.LINUX)
class LargeTransactionTest {
    private static final int BATCH_BYTES = 20_000;

    @TempDir
    Path spill;

    private static LogSplit begin(TestDatabase database) throws SQLException {
        database.execute(
                "alter database " + database.name() + " set logical_decoding_work_mem = '64kB'",
                "create table t (id int primary key, filler text)",
                "create table other (id int primary key)");
        return LogHarness.here(database);
    }

    private LogHarness open(TestDatabase database, LogSplit split) {
        return LogHarness.open(database, split, BATCH_BYTES, spill);
    }

    private static String insert(int from, int to) {
        return "insert into t select i, repeat('x', 50) from generate_series(" + from + ", " + to + ") i";
    }

    private static Stream<String> inserted(int from, int to) {
        IntFunction<String> text = i -> "INSERT t " + i + "|" + "x".repeat(50);
        return IntStream.rangeClosed(from, to).mapToObj(text);
    }

    /** Whether this process holds a file there: its name is gone as soon as it is open, so that no crash leaves it behind. */
    private boolean hasFiles() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.anyMatch(this::isSpool);
        }
    }

    private boolean isSpool(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).startsWith(spill);
        } catch (IOException e) {
            return false;
        }
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void pollUntilSpooled(LogHarness log) throws IOException {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!hasFiles() && System.nanoTime() < deadline) {
            log.poll(Purpose.READ);
        }
        assertThat(hasFiles()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void emitsTransactionsInTheOrderOfTheirCommits(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major);
                Connection second = database.server().connect(database.name())) {
            LogSplit split = begin(database);
            try (LogHarness log = open(database, split)) {
                database.execute("begin", insert(1, 3000));
                pollUntilSpooled(log);
                execute(second, "begin", insert(10_001, 13_000));
                database.execute(insert(3001, 6000));
                execute(second, insert(13_001, 16_000), "insert into other values (1)");
                database.execute("update t set filler = 'y' where id = 1");
                assertThat(log.reader.position()).isPresent();
                execute(second, "commit");
                log.catchUp();
                assertThat(log.changes)
                        .isEqualTo(Stream.concat(inserted(10_001, 16_000), Stream.of("INSERT other 1"))
                                .toList());

                log.changes.clear();
                execute(second, "insert into other values (2)");
                log.catchUp();
                assertThat(log.changes).containsExactly("INSERT other 2");
                assertThat(hasFiles()).isTrue();

                log.changes.clear();
                database.execute("commit");
                log.catchUp();
                assertThat(log.changes)
                        .isEqualTo(Stream.concat(inserted(1, 6000), Stream.of("UPDATE_AFTER t 1|y"))
                                .toList());
                assertThat(hasFiles()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void leavesOutWhatWasRolledBack(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            LogSplit split = begin(database);
            try (LogHarness log = open(database, split)) {
                database.execute(
                        "begin",
                        insert(1, 2000),
                        "savepoint a",
                        insert(2001, 4000),
                        "savepoint b",
                        insert(4001, 6000),
                        "release savepoint b",
                        "rollback to savepoint a",
                        insert(6001, 8000),
                        "savepoint c",
                        insert(8001, 10_000),
                        "release savepoint c",
                        "commit",
                        "begin",
                        insert(20_001, 25_000),
                        "rollback",
                        "insert into other values (1)");
                log.catchUp();
                List<String> expected = new ArrayList<>(inserted(1, 2000).toList());
                expected.addAll(inserted(6001, 10_000).toList());
                expected.add("INSERT other 1");
                assertThat(log.changes).isEqualTo(expected);
                assertThat(hasFiles()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void mindsNoChangeOfTheTableThatWasUndone(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            LogSplit split = begin(database);
            database.execute(
                    "begin",
                    "savepoint a",
                    insert(1, 2000),
                    "rollback to savepoint a",
                    insert(2001, 4000),
                    "savepoint b",
                    "alter table t add column more int",
                    insert(4001, 6000).replace("into t ", "into t (id, filler) "),
                    "rollback to savepoint b",
                    insert(6001, 8000),
                    "commit");
            try (LogHarness log = open(database, split)) {
                log.catchUp();
                assertThat(log.changes)
                        .isEqualTo(Stream.concat(inserted(2001, 4000), inserted(6001, 8000))
                                .toList());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void truncatesInTheMiddle(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            LogSplit split = begin(database);
            database.execute("begin", insert(1, 2000), "truncate t, other", insert(1, 2000), "commit");
            try (LogHarness log = open(database, split)) {
                log.catchUp();
                List<String> expected = new ArrayList<>(inserted(1, 2000).toList());
                expected.add("TRUNCATE t");
                expected.add("TRUNCATE other");
                expected.addAll(inserted(1, 2000).toList());
                assertThat(log.changes).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void beginsAnewAfterACrashInTheMiddle(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            LogSplit split = begin(database);
            database.execute("begin", insert(1, 3000));
            LogSplit inProgress;
            try (LogHarness log = open(database, split)) {
                pollUntilSpooled(log);
                log.acknowledge();
                inProgress = log.split();
            }
            assertThat(hasFiles()).isFalse();
            database.execute(insert(3001, 6000), "commit");
            try (LogHarness log = open(database, inProgress)) {
                while (log.changes.isEmpty()) {
                    log.poll(Purpose.READ);
                }
                assertThat(log.changes.size()).isLessThan(6000);
                assertThat(log.reader.position()).isEmpty();
            }
            assertThat(hasFiles()).isFalse();
            try (LogHarness log = open(database, inProgress)) {
                while (log.changes.isEmpty()) {
                    log.poll(Purpose.READ);
                }
                while (log.poll(Purpose.REACH_BOUNDARY) != Progress.AT_BOUNDARY) {}
                assertThat(log.changes).isEqualTo(inserted(1, 6000).toList());
                assertThat(log.place()).isGreaterThan(inProgress.startPlace());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {18})
    void saysWhereTheDiskFailed(int major) throws Exception {
        Path notAFolder = Files.writeString(spill.resolve("file"), "in the way");
        try (TestDatabase database = TestDatabase.on(major)) {
            LogSplit split = begin(database);
            database.execute("begin", insert(1, 20_000), "commit");
            try (LogHarness log = LogHarness.open(database, split, BATCH_BYTES, notAFolder)) {
                assertThatThrownBy(log::catchUp)
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(PostgresError.SPOOL))
                        .hasMessageContaining(notAFolder.toString());
                assertThat(log.changes).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void losesNothingWhenTheDiskIsFullAndGoesOnWhenThereIsRoom(int major) throws Exception {
        try (SmallDisk disk = SmallDisk.ofBytes(512 * 1024);
                TestDatabase database = TestDatabase.on(major)) {
            LogSplit split = begin(database);
            database.execute("insert into other values (1)");
            try (LogHarness log = LogHarness.open(database, split, BATCH_BYTES, disk.folder())) {
                assertThat(log.catchUp().changes).containsExactly("INSERT other 1");
                log.acknowledge();
                split = log.split();
                database.execute("begin", insert(1, 20_000), "commit");
                assertThatThrownBy(log::catchUp)
                        .isInstanceOfSatisfying(MillraceException.class, e -> {
                            assertThat(e.code()).isEqualTo(PostgresError.SPOOL);
                            assertThat(e.code().remedy()).isEqualTo(Remedy.RESTART);
                        })
                        .hasMessageContaining(disk.folder().toString())
                        .hasMessageContaining("No space left on device");
                assertThat(log.changes).containsExactly("INSERT other 1");
            }
            try (LogHarness log = LogHarness.open(database, split, BATCH_BYTES, disk.folder())) {
                assertThatThrownBy(log::catchUp).hasMessageContaining("No space left on device");
                assertThat(log.changes).isEmpty();
            }
            disk.resize(64 << 20);
            try (LogHarness log = LogHarness.open(database, split, BATCH_BYTES, disk.folder())) {
                assertThat(log.catchUp().changes).isEqualTo(inserted(1, 20_000).toList());
            }
            assertThat(disk.folder()).isEmptyDirectory();
        }
    }
}
