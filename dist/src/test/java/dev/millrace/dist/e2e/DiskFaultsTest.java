package dev.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.quickstart.ShopSize;
import dev.millrace.servers.faults.SmallDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a disk can do to a pipeline: it says so, loses nothing, and goes on once there is room. */
class DiskFaultsTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final long TOO_SMALL = 1 << 20;
    private static final long ROOMY = 64 << 20;
    private static final long LARGE = 1 << 30;

    @Test
    void survivesAFullWarehouse(@TempDir Path folder) throws Exception {
        try (SmallDisk disk = SmallDisk.ofBytes(TOO_SMALL);
                ShopFixture shop = ShopFixture.in(
                        folder,
                        disk.folder().resolve("warehouse"),
                        folder.resolve("state"),
                        18,
                        ShopSize.ofRows(50_000))) {
            failsFor(shop, "space");
            disk.resize(LARGE);
            catchesUp(shop);
        }
    }

    @Test
    void survivesAFullStateFolder(@TempDir Path folder) throws Exception {
        try (SmallDisk disk = SmallDisk.ofBytes(16 << 10);
                ShopFixture shop = ShopFixture.in(
                        folder,
                        folder.resolve("warehouse"),
                        disk.folder().resolve("state"),
                        18,
                        ShopSize.ofRows(20_000))) {
            failsFor(shop, "space");
            disk.resize(LARGE);
            catchesUp(shop);
        }
    }

    @Test
    void survivesAReadOnlyWarehouse(@TempDir Path folder) throws Exception {
        try (SmallDisk disk = SmallDisk.ofBytes(LARGE);
                ShopFixture shop = ShopFixture.in(
                        folder, disk.folder().resolve("warehouse"), folder.resolve("state"), 18, ShopSize.tiny())) {
            catchesUp(shop);
            shop.trade(50, 1);
            disk.makeReadOnly();
            failsFor(shop, "ead-only");
            disk.makeWritable();
            catchesUp(shop);
        }
    }

    @Test
    void goesOnAfterTheWarehouseWasFullForAWhile(@TempDir Path folder) throws Exception {
        try (SmallDisk disk = SmallDisk.ofBytes(ROOMY)) {
            goesOnAfterAFullDisk(folder, disk, disk.folder().resolve("warehouse"), folder.resolve("state"));
        }
    }

    @Test
    void goesOnAfterTheStateFolderWasFullForAWhile(@TempDir Path folder) throws Exception {
        try (SmallDisk disk = SmallDisk.ofBytes(ROOMY)) {
            goesOnAfterAFullDisk(
                    folder, disk, folder.resolve("warehouse"), disk.folder().resolve("state"));
        }
    }

    /** The same process, in the midst of the log, while the shop trades on. */
    private static void goesOnAfterAFullDisk(Path folder, SmallDisk disk, Path warehouse, Path state) throws Exception {
        try (ShopFixture shop = ShopFixture.in(folder, warehouse, state, 18, ShopSize.tiny())) {
            SinkState sink = new SinkState(warehouse);
            try (ShopFixture.Traders traders = shop.startTrading(1);
                    CdcProcess run = CdcProcess.start(folder, "run", shop.pipeline())) {
                await(run, () -> sink.newestConsistent() > 0);
                disk.fill();
                await(run, () -> run.output().contains("space"));
                disk.resize(LARGE);
                long before = sink.newestConsistent();
                await(run, () -> sink.newestConsistent() > before + 2);
                assertThat(traders.stop()).isPositive();
            }
            catchesUp(shop);
        }
    }

    private static void await(CdcProcess run, Callable<Boolean> condition) throws Exception {
        long patience = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            assertThat(run.endsWithin(Duration.ofMillis(100))).as(run::output).isFalse();
            assertThat(System.nanoTime()).as(run::output).isLessThan(patience);
        }
    }

    private static void failsFor(ShopFixture shop, String reason) {
        try (CdcProcess run = CdcProcess.start(shop.folder(), "run", shop.pipeline(), "--until-caught-up")) {
            if (!run.endsWithin(Duration.ofSeconds(20))) {
                // It keeps trying, as it should for a fault that may pass; what went wrong is said already.
                assertThat(run.output()).contains(reason);
                run.kill9();
                return;
            }
            CdcProcess.Result result = run.await(LIMIT);
            assertThat(result.exitCode()).as(result.output()).isNotZero();
            assertThat(result.output()).contains(reason);
        }
    }

    private static void catchesUp(ShopFixture shop) throws Exception {
        CdcProcess.Result result = CdcProcess.run(shop.folder(), LIMIT, "run", shop.pipeline(), "--until-caught-up");
        assertThat(result.exitCode()).as(result.output()).isZero();
        SinkState sink = new SinkState(shop.warehouse());
        sink.assertEqualsSource(shop);
        sink.assertManifestsConsistent();
    }
}
