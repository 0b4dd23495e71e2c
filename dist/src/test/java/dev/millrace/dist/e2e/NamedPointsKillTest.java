package dev.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.quickstart.ShopSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed at the places between which a checkpoint may be torn: each is known by a file that appears, and the kill
 * follows at once. What the kill met is looked at afterwards; where it came too late it was a kill at another place.
 */
class NamedPointsKillTest {
    private static final int KILLS = Integer.getInteger("millrace.kills.named", 2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A file whose appearance says where in the way of a checkpoint the process is. */
    private enum Point {
        /** Rows are staged, the checkpoint is being written. */
        PREPARED(name -> name.startsWith(".checkpoint")),
        /** The checkpoint is there, nothing of it is to be seen. */
        SAVED(name -> name.startsWith("checkpoint")),
        /** The first table shows it. */
        PUBLISHING(name -> name.startsWith("snapshot-")),
        /** All tables show it; the source does not know. */
        PUBLISHED(name -> name.endsWith(".json"));

        private final Predicate<String> file;

        Point(Predicate<String> file) {
            this.file = file;
        }
    }

    @Test
    void losesAndDoublesNothingWhereverACheckpointIsTorn(@TempDir Path folder) throws Exception {
        try (ShopFixture shop = ShopFixture.in(folder, 18, ShopSize.ofRows(100_000))) {
            killInTheSnapshot(shop);
            catchUp(shop);
            SinkState sink = new SinkState(shop.warehouse());
            Map<Point, Integer> met = new EnumMap<>(Point.class);
            try (ShopFixture.Traders traders = shop.startTrading(2)) {
                for (Point point : Point.values()) {
                    for (int kill = 0; kill < KILLS; kill++) {
                        killAt(point, shop);
                        if (isTorn(shop)) {
                            met.merge(point, 1, Integer::sum);
                        }
                    }
                    sink.assertManifestsConsistent();
                }
                assertThat(traders.stop()).isPositive();
            }
            System.out.println("NamedPointsKillTest: checkpoints torn by kills at " + met);
            assertThat(met).as("kills that left a checkpoint half done").isNotEmpty();
            catchUp(shop);
            sink.assertEqualsSource(shop);
            assertThat(sink.assertManifestsConsistent()).isPositive();
        }
    }

    /** While chunks are read: there are files with rows, and no checkpoint yet. */
    private static void killInTheSnapshot(ShopFixture shop) throws Exception {
        try (CdcProcess run = CdcProcess.start(shop.folder(), "run", shop.pipeline())) {
            while (!holds(shop.warehouse(), name -> name.startsWith("data-"))) {
                assertThat(run.endsWithin(Duration.ofMillis(2))).as(run::output).isFalse();
            }
            run.kill9();
        }
    }

    private static void killAt(Point point, ShopFixture shop) throws Exception {
        try (WatchService watch = shop.folder().getFileSystem().newWatchService();
                CdcProcess run = CdcProcess.start(shop.folder(), "run", shop.pipeline())) {
            for (Path each : folders(point, shop)) {
                each.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            }
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!appeared(watch, point) && System.nanoTime() < end) {
                assertThat(run.isAlive()).as(run::output).isTrue();
            }
            run.kill9();
        }
    }

    private static boolean appeared(WatchService watch, Point point) throws InterruptedException {
        WatchKey key = watch.poll(100, TimeUnit.MILLISECONDS);
        if (key == null) {
            return false;
        }
        for (WatchEvent<?> event : key.pollEvents()) {
            if (point.file.test(String.valueOf(event.context()))) {
                return true;
            }
        }
        key.reset();
        return false;
    }

    private static List<Path> folders(Point point, ShopFixture shop) throws IOException {
        try (Stream<Path> all = Files.walk(shop.folder())) {
            return all.filter(Files::isDirectory)
                    .filter(folder -> switch (point) {
                        case PREPARED, SAVED -> folder.equals(shop.state());
                        case PUBLISHING -> folder.endsWith("snapshot");
                        case PUBLISHED -> folder.endsWith("manifests");
                    })
                    .toList();
        }
    }

    /** Whether the state holds a checkpoint, whole or not, that the sink does not show. */
    private static boolean isTorn(ShopFixture shop) throws IOException {
        if (holds(shop.state(), name -> name.endsWith(".unfinished") && name.startsWith(".checkpoint"))) {
            return true;
        }
        try (Stream<Path> files = Files.list(shop.state())) {
            long saved = files.map(file -> file.getFileName().toString())
                    .filter(Point.SAVED.file)
                    .mapToLong(name -> Long.parseLong(name.replaceAll("\\D", "")))
                    .max()
                    .orElse(0);
            return saved > new SinkState(shop.warehouse()).newestConsistent();
        }
    }

    private static boolean holds(Path folder, Predicate<String> name) throws IOException {
        if (!Files.exists(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.find(
                folder, 8, (file, attributes) -> name.test(file.getFileName().toString()))) {
            return files.findAny().isPresent();
        } catch (java.io.UncheckedIOException e) {
            // Something was removed while it was looked at.
            return false;
        }
    }

    private static void catchUp(ShopFixture shop) {
        CdcProcess.Result result =
                CdcProcess.run(shop.folder(), Duration.ofMinutes(3), "run", shop.pipeline(), "--until-caught-up");
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
