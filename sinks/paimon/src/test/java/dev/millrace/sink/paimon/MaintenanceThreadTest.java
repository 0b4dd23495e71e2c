package dev.millrace.sink.paimon;

import static dev.millrace.sink.paimon.Tables.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.paimon.Snapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class MaintenanceThreadTest {
    private static final int ENOUGH_TO_MERGE = 8;

    @TempDir
    Path folder;

    private final Set<Thread> ofEarlierTests = Thread.getAllStackTraces().keySet();
    private Bucket bucket;

    @BeforeEach
    void makeBucket() throws Exception {
        bucket = Bucket.made();
    }

    @AfterEach
    void closeBucket() {
        bucket.close();
    }

    @Test
    void checkpointsGoOnWhileAMergeHangs() {
        try (Lake lake = bucket.lake(folder)) {
            fill(lake);
            Bucket.Barrier slowMerge =
                    bucket.hold((method, key) -> method.equals("GET") && key.contains("/bucket-0/data-"));
            lake.committer().discardStaged(ENOUGH_TO_MERGE);
            slowMerge.awaitArrival();
            for (int checkpoint = ENOUGH_TO_MERGE + 1; checkpoint <= 3 * ENOUGH_TO_MERGE; checkpoint++) {
                lake.write(Rows.of(ORDERS).insert(checkpoint, "new"));
                lake.checkpoint(checkpoint);
            }
            assertThat(lake.committer().newestCommitted()).hasValue(3 * ENOUGH_TO_MERGE);
            assertThat(merges(lake)).isEmpty();
            slowMerge.release();
            assertThat(lake.rows(ORDERS)).hasSize(3 * ENOUGH_TO_MERGE);
        }
    }

    @Test
    void noSnapshotPassesTheGateOnceItIsClosed() throws Exception {
        try (Lake lake = new Lake(folder)) {
            fill(lake);
            assertThat(lake.maintenance().stop(Duration.ZERO)).isTrue();
            lake.doMaintenance();
            assertThat(merges(lake)).isEmpty();
            assertThat(lake.maintenance().hasGivenUp()).isTrue();
            assertThat(lake.rows(ORDERS)).hasSize(ENOUGH_TO_MERGE);
        }
    }

    @Test
    void nothingBecomesVisibleAfterCloseAlsoWhereTheCommitHadBegun() throws Exception {
        Lake lake = bucket.lake(folder);
        fill(lake);
        Bucket.Barrier beforeTheVisibleStep =
                bucket.hold((method, key) -> method.equals("PUT") && key.contains("/manifest/"));
        lake.committer().discardStaged(ENOUGH_TO_MERGE);
        beforeTheVisibleStep.awaitArrival();
        Thread maintenance = maintenanceThread();
        lake.close();
        beforeTheVisibleStep.release();
        maintenance.join();

        try (Lake next = bucket.lake(folder)) {
            assertThat(merges(next)).isEmpty();
            assertThat(next.rows(ORDERS)).hasSize(ENOUGH_TO_MERGE);
        }
    }

    @Test
    void aSnapshotThatWasOnItsWayDoesNotNameFilesThatTheNextRunHasRemoved() throws Exception {
        Lake stopped = bucket.lake(folder);
        fill(stopped);
        Bucket.Barrier atTheStore = bucket.hold(
                (method, key) -> method.equals("PUT") && key.endsWith("/snapshot-" + (ENOUGH_TO_MERGE + 1)));
        stopped.committer().discardStaged(ENOUGH_TO_MERGE);
        atTheStore.awaitArrival();
        Thread maintenance = maintenanceThread();
        stopped.close();
        bucket.store().heal();

        try (Lake next = bucket.lake(folder)) {
            next.committer().discardStaged(ENOUGH_TO_MERGE);
            atTheStore.release();
            maintenance.join();
            next.write(Rows.of(ORDERS).insert(100, "new"));
            next.checkpoint(ENOUGH_TO_MERGE + 1);
            assertThat(next.rows(ORDERS)).hasSize(ENOUGH_TO_MERGE + 1);
        }
    }

    private static void fill(Lake lake) {
        lake.create(ORDERS);
        for (int checkpoint = 1; checkpoint <= ENOUGH_TO_MERGE; checkpoint++) {
            lake.write(Rows.of(ORDERS).insert(checkpoint, "new"));
            lake.checkpoint(checkpoint);
        }
    }

    private static List<Long> merges(Lake lake) {
        return lake.inspect(
                ORDERS,
                table -> LongStream.rangeClosed(1, table.snapshotManager().latestSnapshotId())
                        .filter(id -> table.snapshotManager().snapshot(id).commitKind() == Snapshot.CommitKind.COMPACT)
                        .boxed()
                        .toList());
    }

    private Thread maintenanceThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("paimon-maintenance") && !ofEarlierTests.contains(thread))
                .findFirst()
                .orElseThrow();
    }
}
