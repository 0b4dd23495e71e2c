package dev.millrace.sink.paimon;

import static dev.millrace.sink.paimon.Tables.EVENTS;
import static dev.millrace.sink.paimon.Tables.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schema.Schema;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {

    @TempDir
    Path folder;

    @Test
    void mergesFilesIntoASnapshotThatShowsTheSameRows() throws Exception {
        try (Lake lake = new Lake(folder)) {
            lake.create(ORDERS, EVENTS);
            for (int checkpoint = 1; checkpoint <= 12; checkpoint++) {
                lake.write(Rows.of(ORDERS).insert(checkpoint, "new").update(1, "state " + checkpoint));
                lake.write(Rows.of(EVENTS).insert(checkpoint));
                lake.checkpoint(checkpoint);
                lake.doMaintenance();
            }
            lake.write(Rows.of(ORDERS).insert(100, "new"));
            lake.checkpoint(13);

            assertThat(lake.rows(ORDERS)).hasSize(13).contains("1|state 12");
            assertThat(lake.rows(EVENTS)).hasSize(12);
            assertThat(liveFiles(lake, ORDERS)).isLessThan(8);
            assertThat(liveFiles(lake, EVENTS)).isLessThan(8);
            for (int checkpoint = 1; checkpoint <= 12; checkpoint++) {
                assertThat(lake.rows(ORDERS, OptionalLong.of(checkpoint)))
                        .hasSize(checkpoint)
                        .contains("1|state " + checkpoint);
            }
        }
    }

    @Test
    void keepsEverySnapshotThatAManifestNamesAndNoOther() throws Exception {
        try (Lake lake = new Lake(folder)
                .with("table.properties.snapshot.time-retained", "1 ms")
                .with("table.properties.snapshot.num-retained.min", "3")) {
            lake.create(ORDERS, EVENTS);
            lake.write(Rows.of(EVENTS).insert(1));
            for (int checkpoint = 1; checkpoint <= 40; checkpoint++) {
                lake.write(Rows.of(ORDERS).insert(checkpoint, "new"));
                lake.checkpoint(checkpoint);
                lake.doMaintenance();
            }

            assertThat(lake.manifests()).hasSizeBetween(3, 5);
            lake.manifests().forEach(manifest -> {
                assertThat(lake.rows(ORDERS, OptionalLong.of(manifest.checkpointId())))
                        .hasSize((int) manifest.checkpointId());
                assertThat(lake.rows(EVENTS, OptionalLong.of(manifest.checkpointId())))
                        .hasSize(1);
            });
            assertThat(snapshots(lake, ORDERS)).isLessThan(30);
        }
    }

    @Test
    void completesRowsOfATableThatWasQuietUntilOnlyAMergesSnapshotWasLeft() throws Exception {
        try (Lake lake = new Lake(folder)
                .with("table.properties.snapshot.time-retained", "1 ms")
                .with("table.properties.snapshot.num-retained.min", "1")) {
            lake.create(ORDERS, EVENTS);
            for (int checkpoint = 1; checkpoint <= 12; checkpoint++) {
                lake.write(Rows.of(ORDERS).insert(checkpoint, "new"));
                lake.checkpoint(checkpoint);
            }
            lake.doMaintenance();
            for (int checkpoint = 13; checkpoint <= 40; checkpoint++) {
                lake.write(Rows.of(EVENTS).insert(checkpoint));
                lake.checkpoint(checkpoint);
                lake.doMaintenance();
            }
            assertThat(snapshots(lake, ORDERS)).isEqualTo(1);

            lake.write(Rows.of(ORDERS).update(1, Rows.UNCHANGED));
            lake.checkpoint(41);

            assertThat(lake.rows(ORDERS)).hasSize(12).contains("1|new");
        }
    }

    @Test
    void removesWhatAKilledRunHasStagedAndNothingElse() throws Exception {
        try (Lake lake = new Lake(folder)) {
            lake.create(ORDERS, EVENTS);
            lake.committer().discardStaged(0);
            lake.write(Rows.of(ORDERS).insert(1, "kept"));
            lake.write(Rows.of(EVENTS).insert(1));
            lake.checkpoint(1);
            lake.write(Rows.of(ORDERS).insert(2, "staged, never committed"));
            lake.write(Rows.of(EVENTS).insert(2));
            lake.prepare(2);
            lake.kill();
        }
        try (Lake lake = new Lake(folder)) {
            assertThat(dataFiles(lake, ORDERS)).hasSize(2);
            lake.committer().discardStaged(1);
            assertThat(dataFiles(lake, ORDERS)).hasSize(1);
            assertThat(dataFiles(lake, EVENTS)).hasSize(1);
            assertThat(lake.rows(ORDERS)).containsExactly("1|kept");
        }
    }

    @Test
    void removesWhatAStoppedRunHasStagedForACheckpointThatWasNeverSaved() throws Exception {
        try (Lake lake = new Lake(folder)) {
            lake.create(ORDERS);
            lake.committer().discardStaged(0);
            lake.write(Rows.of(ORDERS).insert(1, "kept"));
            lake.checkpoint(1);
            lake.write(Rows.of(ORDERS).insert(2, "staged, never saved"));
            lake.prepare(2);
        }
        try (Lake lake = new Lake(folder)) {
            assertThat(dataFiles(lake, ORDERS)).hasSize(2);
            lake.committer().discardStaged(1);
            assertThat(dataFiles(lake, ORDERS)).hasSize(1).isEqualTo(namedFiles(lake, ORDERS));
        }
    }

    @Test
    void looksForNothingAfterARunThatEndedWithEverythingCommitted() {
        try (Lake lake = new Lake(folder).with("table.properties.write-only", "true")) {
            lake.create(ORDERS);
            lake.committer().discardStaged(0);
            lake.write(Rows.of(ORDERS).insert(1, "kept"));
            lake.checkpoint(1);
        }
        assertThat(folder.resolve("lake/_millrace/shop+to+lake/p-1/running")).doesNotExist();
    }

    @Test
    void leavesTheFilesOfOtherWritersAlone() throws Exception {
        Lake other = new Lake(folder, "p-2", 1);
        other.create(ORDERS);
        try (Lake lake = new Lake(folder)) {
            lake.create(ORDERS);
            lake.committer().discardStaged(0);
            lake.write(Rows.of(ORDERS).insert(1, "staged, never saved"));
            lake.prepare(1);
            lake.kill();
        }
        other.write(Rows.of(ORDERS).insert(2, "staged by another pipeline"));
        other.prepare(1);
        try (Lake lake = new Lake(folder);
                BatchTableWrite foreign = lake.inspect(
                        ORDERS, table -> table.newBatchWriteBuilder().newWrite())) {
            foreign.withIOManager(IOManager.create(folder.toString()));
            foreign.write(GenericRow.of(3L, BinaryString.fromString("written by another program")));
            foreign.prepareCommit();
            assertThat(dataFiles(lake, ORDERS)).hasSize(3);
            lake.committer().discardStaged(0);
            assertThat(dataFiles(lake, ORDERS))
                    .hasSize(2)
                    .noneMatch(file -> file.getFileName().toString().startsWith("data-p1-"));
        }
        other.kill();
    }

    @Test
    void leavesNothingBehindWhenAWriterIsClosedBeforeTheBarrier() throws Exception {
        try (Lake lake = new Lake(folder).withBuffer(1)) {
            lake.create(ORDERS);
            lake.write(Rows.of(ORDERS).insert(1, "written at once, for lack of memory"));
            assertThat(dataFiles(lake, ORDERS)).hasSize(1);
            lake.close();
            assertThat(dataFiles(lake, ORDERS)).isEmpty();
        }
    }

    private static int liveFiles(Lake lake, Schema schema) {
        return lake.inspect(
                schema,
                table -> table.newSnapshotReader().read().dataSplits().stream()
                        .mapToInt(split -> split.dataFiles().size())
                        .sum());
    }

    private static int snapshots(Lake lake, Schema schema) {
        return lake.inspect(schema, table -> {
            long latest = table.snapshotManager().latestSnapshotId();
            long earliest = table.snapshotManager().earliestSnapshotId();
            return (int) (latest - earliest + 1);
        });
    }

    /** What any snapshot shows. */
    private static List<Path> namedFiles(Lake lake, Schema schema) {
        return lake.inspect(
                schema,
                table -> LongStream.rangeClosed(1, table.snapshotManager().latestSnapshotId())
                        .boxed()
                        .flatMap(snapshot ->
                                table.newSnapshotReader().withSnapshot(snapshot).read().dataSplits().stream())
                        .flatMap(split -> split.dataFiles().stream()
                                .map(file ->
                                        Path.of(URI.create(split.bucketPath())).resolve(file.fileName())))
                        .distinct()
                        .toList());
    }

    private static List<Path> dataFiles(Lake lake, Schema schema) throws IOException {
        Path bucket = lake.warehouse().resolve("shop.db").resolve(schema.table().name());
        try (Stream<Path> files = Files.walk(bucket)) {
            return files.filter(file -> file.getFileName().toString().startsWith("data-"))
                    .toList();
        }
    }
}
