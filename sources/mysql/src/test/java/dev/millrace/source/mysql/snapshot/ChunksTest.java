package dev.millrace.source.mysql.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.ColumnVector;
import dev.millrace.servers.MySqlRelease;
import dev.millrace.servers.MySqlServer;
import dev.millrace.source.mysql.TestServers;
import dev.millrace.source.mysql.catalog.CatalogReader;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.split.Chunks;
import dev.millrace.source.mysql.wire.ServerSession;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables with keys of many kinds, cut and read on real servers. */
class ChunksTest {
    private static final int ROWS = 5000;
    private static final int ROWS_PER_CHUNK = 200;

    static Stream<Arguments> kinds() {
        return Stream.of(MySqlRelease.values())
                .flatMap(release -> KeyKind.all(release.isMariaDb()).map(kind -> Arguments.of(release, kind)));
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("kinds")
    void everyRowIsInExactlyOneChunk(MySqlRelease release, KeyKind kind) throws SQLException {
        MySqlServer server = TestServers.on(release);
        fill(server, kind);

        try (SnapshotHarness harness =
                SnapshotHarness.open(server, id -> id.database().equals("chunks"), 1, OptionalInt.of(ROWS_PER_CHUNK))) {
            List<List<ChangeBatch>> read = harness.readAll(0);

            assertThat(read.stream()
                            .flatMap(chunk -> SnapshotHarness.cells(chunk, "n").stream())
                            .map(Integer::valueOf)
                            .sorted())
                    .containsExactlyElementsOf(IntStream.range(0, ROWS).boxed().toList());
            Chunks chunks = harness.tables.getFirst().chunks();
            assertThat(chunks.count()).isGreaterThanOrEqualTo(kind.leastCuts());
            List<Integer> sizes = read.stream()
                    .map(chunk -> chunk.stream().mapToInt(ChangeBatch::rows).sum())
                    .toList();
            if (kind.leastCuts() >= 12) {
                assertThat(sizes).as(sizes.toString()).allMatch(size -> size <= ROWS / 5);
            }
            if (chunks.isKnown()) {
                assertToldByKey(chunks, read);
            }
        }
    }

    /** What the log would be told: each row's key belongs to the chunk that it was read in. */
    private static void assertToldByKey(Chunks chunks, List<List<ChangeBatch>> read) {
        for (int chunk = 0; chunk < read.size(); chunk++) {
            for (ChangeBatch batch : read.get(chunk)) {
                List<ColumnVector> key =
                        chunks.columns().stream().map(batch::column).toList();
                for (int row = 0; row < batch.rows(); row++) {
                    assertThat(chunks.chunkOf(key, row)).isEqualTo(chunk);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyChunkIsReadThroughItsIndex(MySqlRelease release) throws SQLException {
        MySqlServer server = TestServers.on(release);
        for (String name : List.of("dense int", "tenant and number", "hex text")) {
            fill(
                    server,
                    KeyKind.all(false)
                            .filter(kind -> kind.name().equals(name))
                            .findFirst()
                            .orElseThrow());
            try (SnapshotHarness harness = SnapshotHarness.open(
                    server, id -> id.database().equals("chunks"), 1, OptionalInt.of(ROWS_PER_CHUNK))) {
                Chunks chunks = harness.tables.getFirst().chunks();
                for (int chunk = 0; chunk < chunks.count(); chunk++) {
                    String sql = ChunkStatement.of(harness.tables.getFirst().table(), chunks.range(chunk));
                    List<String> plan = new ArrayList<>();
                    try (var session = TestServers.session(server)) {
                        session.query("explain " + sql).getFirst().forEach(field -> plan.add(String.valueOf(field)));
                    }
                    assertThat(plan)
                            .as(sql)
                            .contains("range", "PRIMARY")
                            .noneMatch(field -> field.contains("filesort"));
                }
            }
        }
    }

    /** As the server counts the rows and index entries that it has looked at. */
    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("kinds")
    void boundsAreFoundWithoutReadingTheTable(MySqlRelease release, KeyKind kind) throws SQLException {
        MySqlServer server = TestServers.on(release);
        fill(server, kind);
        try (ServerSession session = TestServers.session(server)) {
            List<MySqlTable> tables =
                    new CatalogReader(session).read(id -> id.database().equals("chunks"));
            ChunkPlanner planner = new ChunkPlanner(session, OptionalInt.of(ROWS / 4));
            session.execute("flush status");

            planner.plan(tables);

            long looks = session.query("show session status like 'handler_read%'").stream()
                    .mapToLong(row -> Long.parseLong(String.valueOf(row.get(1))))
                    .sum();
            assertThat(looks).isLessThan(ROWS / 5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesTablesWhoseEngineKnowsNoSnapshots(MySqlRelease release) throws SQLException {
        MySqlServer server = TestServers.on(release);
        TestServers.execute(
                server,
                "drop database if exists chunks",
                "create database chunks",
                "create table chunks.old (id int primary key) engine = MyISAM");

        assertThatThrownBy(() ->
                        SnapshotHarness.open(server, id -> id.database().equals("chunks"), 1, OptionalInt.empty()))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(MySqlError.UNSUPPORTED))
                .hasMessageContaining("chunks.old (MyISAM)");
    }

    private static void fill(MySqlServer server, KeyKind kind) throws SQLException {
        String partitions = kind.name().equals("partitioned") ? " partition by hash (id) partitions 4" : "";
        TestServers.execute(
                server,
                "set names utf8mb4",
                "set time_zone = '+00:00'",
                "set sql_mode = ''",
                "drop database if exists chunks",
                "create database chunks character set utf8mb4",
                "create table chunks.t (n int, " + kind.columns() + ")" + partitions,
                "insert into chunks.t (n, " + names(kind) + ") with recursive d (x) as (select 0 union all select x + 1"
                        + " from d where x < 99) select n, " + kind.values()
                        + " from (select p.x * 50 + q.x as n from d p join d q on q.x < 50) as numbers",
                "analyze table chunks.t");
    }

    private static String names(KeyKind kind) {
        List<String> names = new ArrayList<>();
        for (String column : kind.columns().split(", (?![^(]*\\))")) {
            String name = column.split(" ")[0];
            if (!name.equals("primary") && !name.equals("unique")) {
                names.add(name);
            }
        }
        return String.join(", ", names);
    }
}
