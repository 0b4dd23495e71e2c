package dev.millrace.source.mysql.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.model.ChangeBatch;
import dev.millrace.schema.TableId;
import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.source.mysql.TestServers;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.split.SnapshotSplit;
import dev.millrace.source.mysql.split.SnapshotSplit.Piece;
import dev.millrace.source.mysql.wire.ServerSession;
import dev.millrace.source.mysql.wire.TlsSettings;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.PollRequest.Purpose;
import dev.millrace.spi.ReaderPosition;
import dev.millrace.spi.SplitReader.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SnapshotReaderTest {
    private static final int ROWS = 5000;
    private static final PollRequest BOUNDARY =
            new PollRequest(Purpose.REACH_BOUNDARY, Duration.ofMillis(50).toNanos());

    @ParameterizedTest
    @EnumSource
    void readsTheEpochsStateWhateverIsWrittenMeanwhile(MySqlRelease release) throws SQLException {
        MySqlServer server = filled(release);
        try (SnapshotHarness harness = open(server, 1)) {
            List<String> read = new ArrayList<>();
            int chunks = harness.tables.getFirst().chunks().count();
            assertThat(chunks).isGreaterThan(10);
            try (SnapshotReader reader = harness.reader(1 << 20)) {
                for (int chunk = 0; chunk < chunks; chunk++) {
                    TestServers.execute(
                            server,
                            "insert into snapshots.t values (" + (100_000 + chunk) + ", 'new'), (" + (-1 - chunk)
                                    + ", 'new')",
                            "update snapshots.t set v = 'changed' where id % 7 = " + chunk % 7,
                            "delete from snapshots.t where id % 97 = " + chunk);
                    List<ChangeBatch> batches = new ArrayList<>();
                    finish(reader, harness.split(0, chunk), batches);
                    read.addAll(SnapshotHarness.cells(batches, "id"));
                    assertThat(SnapshotHarness.cells(batches, "v")).allMatch(value -> value.startsWith("value "));
                    assertThat(batches).allSatisfy(batch -> {
                        assertThat(batch.origin()).isEqualTo(ChangeBatch.Origin.SNAPSHOT);
                        assertThat(batch.transactions().position(0)).isEqualTo(SnapshotHarness.MARK.order());
                    });
                }
            }
            assertThat(read).hasSize(ROWS).doesNotHaveDuplicates();
            assertThat(harness.progress.rowsRead()).isEqualTo(ROWS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void standsBetweenChunksAndGoesOnFromThere(MySqlRelease release) throws SQLException {
        MySqlServer server = filled(release);
        try (SnapshotHarness harness = open(server, 1)) {
            int chunks = harness.tables.getFirst().chunks().count();
            SnapshotSplit split = harness.split(0, IntStream.range(0, chunks).toArray());
            List<ChangeBatch> first = new ArrayList<>();
            ReaderPosition position;
            try (SnapshotReader reader = harness.reader(1 << 10)) {
                reader.assign(split.toSplit());
                assertThat(reader.poll(element -> first.add((ChangeBatch) element), BOUNDARY))
                        .isEqualTo(Progress.AT_BOUNDARY);
                assertThat(first).isEmpty();
                assertThat(SnapshotHarness.poll(reader, first)).isEqualTo(Progress.MORE);
                assertThat(reader.position()).isEmpty();
                Progress progress = Progress.MORE;
                while (progress != Progress.AT_BOUNDARY) {
                    progress = reader.poll(element -> first.add((ChangeBatch) element), BOUNDARY);
                }
                position = reader.position().orElseThrow();
                assertThat(position.consistent()).isFalse();
                int before = first.size();
                reader.poll(element -> first.add((ChangeBatch) element), new PollRequest(Purpose.KEEP_ALIVE, 0));
                assertThat(first).hasSize(before);
            }
            SnapshotSplit rest = SnapshotSplit.of(position.split());
            assertThat(rest.next()).isBetween(1, chunks - 1);
            List<String> ids = new ArrayList<>(SnapshotHarness.cells(first, "id"));

            try (SnapshotHarness again = open(server, 1);
                    SnapshotReader reader = again.reader(1 << 10)) {
                List<ChangeBatch> second = new ArrayList<>();
                finish(reader, rest, second);
                ids.addAll(SnapshotHarness.cells(second, "id"));
                assertThat(SnapshotSplit.of(reader.position().orElseThrow().split())
                                .next())
                        .isEqualTo(chunks);
            }
            assertThat(ids).hasSize(ROWS).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource
    void severalReadersShareTheSessionsOfAnEpoch(MySqlRelease release) throws Exception {
        MySqlServer server = filled(release);
        try (SnapshotHarness harness = open(server, 2);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            int chunks = harness.tables.getFirst().chunks().count();
            List<Future<List<String>>> reading = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int first = i;
                reading.add(threads.submit(() -> {
                    List<ChangeBatch> batches = new ArrayList<>();
                    try (SnapshotReader reader = harness.reader(1 << 10)) {
                        for (int chunk = first; chunk < chunks; chunk += 4) {
                            finish(reader, harness.split(0, chunk), batches);
                        }
                    }
                    return SnapshotHarness.cells(batches, "id");
                }));
            }
            List<String> ids = new ArrayList<>();
            for (Future<List<String>> one : reading) {
                ids.addAll(one.get());
            }
            assertThat(ids).hasSize(ROWS).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource
    void holdsNoTableBetweenTwoSplits(MySqlRelease release) throws SQLException {
        MySqlServer server = filled(release);
        try (SnapshotHarness harness = open(server, 1);
                SnapshotReader reader = harness.reader(1 << 20)) {
            finish(reader, harness.split(0, 0), new ArrayList<>());
            finish(reader, harness.split(0, 1), new ArrayList<>());
            TestServers.execute(
                    server, "set session lock_wait_timeout = 2", "alter table snapshots.t add column later int");

            assertThatThrownBy(() -> finish(reader, harness.split(0, 2), new ArrayList<>()))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.REWRITTEN));
        }
    }

    @ParameterizedTest
    @EnumSource
    void noticesATableThatIsNoLongerTheSame(MySqlRelease release) throws Exception {
        for (List<String> change : List.of(
                List.of("truncate table snapshots.t"),
                List.of("alter table snapshots.t add column w int, algorithm = instant"),
                List.of("alter table snapshots.t modify v varchar(300)"),
                List.of("alter table snapshots.t engine = InnoDB"),
                List.of("alter table snapshots.t rename column v to w, add column v varchar(100)"),
                List.of("rename table snapshots.t to snapshots.old, snapshots.ghost to snapshots.t"),
                List.of("drop table snapshots.t", "create table snapshots.t (id int primary key, v varchar(100))"))) {
            MySqlServer server = filled(release);
            TestServers.execute(
                    server,
                    "do sleep(1.1)",
                    "create table snapshots.ghost (id int primary key, v varchar(100))",
                    "insert into snapshots.ghost select * from snapshots.t where id < 4000");
            try (SnapshotHarness harness = SnapshotHarness.open(
                            server,
                            id -> id.name().equals("t") && id.database().equals("snapshots"),
                            1,
                            OptionalInt.of(200));
                    SnapshotReader reader = harness.reader(1 << 20)) {
                TestServers.execute(server, change.toArray(String[]::new));

                assertThatThrownBy(() -> finish(reader, harness.split(0, 0), new ArrayList<>()))
                        .as(change.toString())
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(MySqlError.REWRITTEN));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void noticesATableThatTookTheNameBeforeTheEpochWasOpened(MySqlRelease release) throws SQLException {
        MySqlServer server = filled(release);
        TestServers.execute(server, "do sleep(1.1)", "create table snapshots.ghost like snapshots.t");
        try (SnapshotHarness harness = SnapshotHarness.open(
                        () -> TestServers.session(server),
                        id -> id.equals(TableId.of("snapshots", "t")),
                        1,
                        OptionalInt.of(200),
                        () -> exchange(server));
                SnapshotReader reader = harness.reader(1 << 20)) {
            assertThatThrownBy(() -> finish(reader, harness.split(0, 0), new ArrayList<>()))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.REWRITTEN));
        }
    }

    private static void exchange(MySqlServer server) {
        try {
            TestServers.execute(server, "rename table snapshots.t to snapshots.old, snapshots.ghost to snapshots.t");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsManySmallTablesInOneSplit(MySqlRelease release) throws SQLException {
        MySqlServer server = filled(release);
        for (int i = 0; i < 40; i++) {
            TestServers.execute(
                    server,
                    "create table snapshots.small" + i + " (id int primary key, n int)",
                    "insert into snapshots.small" + i + " values (1, " + i + "), (2, null)");
        }
        try (SnapshotHarness harness =
                        SnapshotHarness.open(server, id -> id.name().startsWith("small"), 1, OptionalInt.of(200));
                SnapshotReader reader = harness.reader(1 << 20)) {
            List<Piece> pieces = IntStream.range(0, 40)
                    .mapToObj(table -> harness.split(table, 0).pieces().getFirst())
                    .toList();
            List<ChangeBatch> batches = new ArrayList<>();
            finish(reader, new SnapshotSplit("snapshot-0-0", SnapshotHarness.MARK, pieces, 0), batches);

            assertThat(batches).hasSize(40);
            assertThat(SnapshotHarness.cells(batches, "n"))
                    .hasSize(80)
                    .contains("39")
                    .contains("null");
            TestServers.execute(server, "set session lock_wait_timeout = 2", "alter table snapshots.small7 add x int");
        }
    }

    /** What is inside TLS is not seen at the socket: a poll that waits must find it all the same. */
    @Test
    void readsThroughTls() throws SQLException {
        MySqlServer server = filled(MySqlRelease.MYSQL_8_0);
        try (SnapshotHarness harness = SnapshotHarness.open(
                        () -> ServerSession.open(TestServers.address(
                                server, server.user(), "", TlsSettings.of(TlsSettings.Mode.REQUIRED))),
                        id -> id.database().equals("snapshots"),
                        1,
                        OptionalInt.of(200),
                        () -> {});
                SnapshotReader reader = harness.reader(1 << 12)) {
            List<ChangeBatch> batches = new ArrayList<>();
            int chunks = harness.tables.getFirst().chunks().count();
            finish(reader, harness.split(0, IntStream.range(0, chunks).toArray()), batches);

            assertThat(SnapshotHarness.cells(batches, "id")).hasSize(ROWS).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTableThatIsGoneIsSaidSo(MySqlRelease release) throws SQLException {
        MySqlServer server = filled(release);
        try (SnapshotHarness harness = open(server, 1);
                SnapshotReader reader = harness.reader(1 << 20)) {
            TestServers.execute(server, "drop table snapshots.t");

            assertThatThrownBy(() -> finish(reader, harness.split(0, 0), new ArrayList<>()))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.SCHEMA))
                    .hasMessageContaining("snapshots.t");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEpochOfAnotherProcessIsLost(MySqlRelease release) throws SQLException {
        MySqlServer server = filled(release);
        try (SnapshotHarness harness = open(server, 1);
                SnapshotReader reader = harness.reader(1 << 20)) {
            harness.epochs.close();

            assertThatThrownBy(() -> finish(reader, harness.split(0, 0), new ArrayList<>()))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.SNAPSHOT_LOST));
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesTheRowOfAValueThatCannotBeHeld(MySqlRelease release) throws SQLException {
        MySqlServer server = filled(release);
        TestServers.execute(
                server,
                "set sql_mode = ''",
                "create table snapshots.days (a varchar(9), id int, d date, primary key (id, a))",
                "insert into snapshots.days values ('x', 1, '2024-01-01'), ('it', 2, '0000-00-00')");
        try (SnapshotHarness harness = open(server, 1);
                SnapshotReader reader = harness.reader(1 << 20)) {
            assertThatThrownBy(() -> finish(reader, harness.split(0, 0), new ArrayList<>()))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.VALUE))
                    .hasMessageContaining("Column d of snapshots.days, row (id=2, a=it), at chunk 0 of the snapshot")
                    .hasMessageContaining("0000-00-00");
        }
    }

    /** A server that is slow to answer, here because another session holds the table, does not hold up the one who asks. */
    @ParameterizedTest
    @EnumSource
    void pollReturnsInTimeWhileTheServerIsBusy(MySqlRelease release) throws SQLException {
        MySqlServer server = filled(release);
        try (SnapshotHarness harness = open(server, 1);
                SnapshotReader reader = harness.reader(1 << 20);
                Connection other = server.connect("");
                Statement statement = other.createStatement()) {
            statement.execute("lock tables snapshots.t write");
            reader.assign(harness.split(0, 0).toSplit());
            List<ChangeBatch> batches = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                assertThat(SnapshotHarness.poll(reader, batches)).isEqualTo(Progress.IDLE);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));

            statement.execute("unlock tables");
            while (SnapshotHarness.poll(reader, batches) != Progress.FINISHED) {
                Thread.onSpinWait();
            }
            assertThat(batches).isNotEmpty();
        }
    }

    private static void finish(SnapshotReader reader, SnapshotSplit split, List<ChangeBatch> batches) {
        reader.assign(split.toSplit());
        while (SnapshotHarness.poll(reader, batches) != Progress.FINISHED) {
            Thread.onSpinWait();
        }
    }

    private static SnapshotHarness open(MySqlServer server, int sessions) {
        return SnapshotHarness.open(server, id -> id.database().equals("snapshots"), sessions, OptionalInt.of(200));
    }

    private static MySqlServer filled(MySqlRelease release) throws SQLException {
        MySqlServer server = TestServers.on(release);
        TestServers.execute(
                server,
                "drop database if exists snapshots",
                "create database snapshots",
                "create table snapshots.t (id int primary key, v varchar(100))",
                "insert into snapshots.t with recursive d (x) as (select 0 union all select x + 1 from d where x < 99)"
                        + " select p.x * 50 + q.x, concat('value ', q.x) from d p join d q on q.x < 50",
                "analyze table snapshots.t");
        return server;
    }
}
