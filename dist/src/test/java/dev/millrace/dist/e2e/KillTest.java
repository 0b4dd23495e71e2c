package dev.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.quickstart.ShopSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed at random moments, again and again, while the shop trades. {@code -Dmillrace.kills=N} for more. */
class KillTest {
    private static final int KILLS = Integer.getInteger("millrace.kills", 12);
    private static final long SEED = Long.getLong("millrace.seed", System.nanoTime());

    @Test
    void losesAndDoublesNothing(@TempDir Path folder) throws Exception {
        System.out.println("KillTest: -Dmillrace.seed=" + SEED + " -Dmillrace.kills=" + KILLS);
        SplittableRandom random = new SplittableRandom(SEED);
        try (ShopFixture shop = ShopFixture.in(folder, 18, ShopSize.ofRows(200_000))) {
            SinkState sink = new SinkState(shop.warehouse());
            int consistent = 0;
            try (ShopFixture.Traders traders = shop.startTrading(2)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    try (CdcProcess run = CdcProcess.start(folder, "run", shop.pipeline())) {
                        Duration life = Duration.ofMillis(random.nextLong(500, 5_000));
                        assertThat(run.endsWithin(life)).as(run::output).isFalse();
                        run.kill9();
                    }
                    consistent += sink.assertManifestsConsistent();
                }
                assertThat(traders.stop()).isPositive();
            }
            CdcProcess.Result last =
                    CdcProcess.run(folder, Duration.ofMinutes(3), "run", shop.pipeline(), "--until-caught-up");
            assertThat(last.exitCode()).as(last.output()).isZero();
            sink.assertEqualsSource(shop);
            assertThat(consistent + sink.assertManifestsConsistent()).isPositive();
        }
    }
}
