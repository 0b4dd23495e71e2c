package dev.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.quickstart.ShopSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The process is killed at random moments, again and again, while the shop trades, and others trade more roughly.
 * {@code -Dmillrace.kills=N} for more.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("millrace.kills", 6);
    /** So small that even these tables are many chunks, which one run after the other reads in epochs of their own. */
    private static final String CHUNK_ROWS = "source.scan.incremental.snapshot.chunk.size=300";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int KILLS_IN_THE_SNAPSHOT = 2;
    private static final long SEED = Long.getLong("millrace.seed", System.nanoTime());

    @ParameterizedTest
    @EnumSource(OriginKind.class)
    void losesAndDoublesNothing(OriginKind kind, @TempDir Path folder) throws Exception {
        System.out.println("KillTest on " + kind + ": -Dmillrace.seed=" + SEED + " -Dmillrace.kills=" + KILLS);
        SplittableRandom random = new SplittableRandom(SEED);
        try (ShopFixture shop = ShopFixture.in(folder, kind, ShopSize.ofRows(50_000))) {
            shop.addRoughTrade();
            SinkState sink = SinkState.of(shop);
            int consistent = 0;
            int inTheSnapshot = 0;
            try (ShopFixture.Traders traders = shop.startTrading(shop.traders())) {
                for (int kill = 0; kill < KILLS; kill++) {
                    try (CdcProcess run = CdcProcess.start(folder, "run", shop.pipeline(), "--set", CHUNK_ROWS)) {
                        if (kill < KILLS_IN_THE_SNAPSHOT) {
                            awaitCheckpoint(sink, run);
                        } else {
                            if (kill % 2 == 1) {
                                awaitConsistency(sink, run);
                            }
                            Duration life = Duration.ofMillis(random.nextLong(100, 4_000));
                            assertThat(run.endsWithin(life)).as(run::output).isFalse();
                        }
                        run.kill9();
                        inTheSnapshot += sink.newestConsistent() > 0 ? 0 : 1;
                    }
                    consistent += sink.assertManifestsConsistent();
                }
                assertThat(traders.stop()).isPositive();
            }
            CdcProcess.Result last = CdcProcess.run(
                    folder, Duration.ofMinutes(3), "run", shop.pipeline(), "--until-caught-up", "--set", CHUNK_ROWS);
            assertThat(last.exitCode()).as(last.output()).isZero();
            sink.assertEqualsSource(shop);
            consistent += sink.assertManifestsConsistent();
            System.out.println("KillTest on " + kind + ": " + consistent + " consistent manifests");
            assertThat(consistent).isPositive();
            assertThat(inTheSnapshot)
                    .as("kills between the first checkpoint and the end of the snapshot")
                    .isGreaterThanOrEqualTo(KILLS_IN_THE_SNAPSHOT);
        }
    }

    /** A checkpoint more than before. */
    private static void awaitCheckpoint(SinkState sink, CdcProcess run) throws Exception {
        int before = sink.manifests().size();
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (sink.manifests().size() == before && System.nanoTime() < patience) {
            assertThat(run.endsWithin(Duration.ofMillis(20))).as(run::output).isFalse();
        }
    }

    /** So that not every kill comes before the log is caught up with. */
    private static void awaitConsistency(SinkState sink, CdcProcess run) throws Exception {
        long before = sink.newestConsistent();
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (sink.newestConsistent() == before && System.nanoTime() < patience) {
            assertThat(run.endsWithin(Duration.ofMillis(100))).as(run::output).isFalse();
        }
    }
}
