package dev.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.quickstart.ShopSize;
import dev.millrace.servers.faults.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the source's side can do to a pipeline that runs: it goes on by itself. */
class SourceFaultsTest {
    private static final Duration MOMENT = Duration.ofSeconds(2);

    @Test
    void survivesRestartsOfTheServer(@TempDir Path folder) throws Exception {
        try (ShopFixture shop = ShopFixture.in(folder, 18, ShopSize.ofRows(20_000));
                CdcProcess run = CdcProcess.start(folder, "run", shop.pipeline())) {
            try (ShopFixture.Traders traders = shop.startTrading(1)) {
                for (int i = 0; i < 3; i++) {
                    assertThat(run.endsWithin(MOMENT)).as(run::output).isFalse();
                    shop.server().kill9();
                    shop.server().start();
                }
                assertThat(run.endsWithin(MOMENT)).as(run::output).isFalse();
                traders.stop();
            }
            finish(shop, run);
        }
    }

    @Test
    void survivesCutsOfItsConnections(@TempDir Path folder) throws Exception {
        try (ShopFixture shop = ShopFixture.in(folder, 14, ShopSize.ofRows(20_000));
                TcpProxy proxy = TcpProxy.to("127.0.0.1", shop.server().port())) {
            shop.writePipeline(proxy.port());
            try (CdcProcess run = CdcProcess.start(folder, "run", shop.pipeline())) {
                try (ShopFixture.Traders traders = shop.startTrading(1)) {
                    for (int i = 0; i < 3; i++) {
                        assertThat(run.endsWithin(MOMENT)).as(run::output).isFalse();
                        proxy.cutAll();
                        assertThat(run.endsWithin(MOMENT)).as(run::output).isFalse();
                        shop.execute("select pg_terminate_backend(active_pid) from pg_replication_slots where active");
                    }
                    traders.stop();
                }
                finish(shop, run);
            }
        }
    }

    /** Ends the run as a user would, catches up, and compares. */
    private static void finish(ShopFixture shop, CdcProcess run) throws Exception {
        run.terminate();
        CdcProcess.Result stopped = run.await(Duration.ofSeconds(40));
        assertThat(stopped.exitCode()).as(stopped.output()).isZero();
        CdcProcess.Result last =
                CdcProcess.run(shop.folder(), Duration.ofMinutes(2), "run", shop.pipeline(), "--until-caught-up");
        assertThat(last.exitCode()).as(last.output()).isZero();
        SinkState sink = new SinkState(shop.warehouse());
        sink.assertEqualsSource(shop);
        sink.assertManifestsConsistent();
    }
}
