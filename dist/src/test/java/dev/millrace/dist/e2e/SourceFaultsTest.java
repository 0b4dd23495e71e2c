package dev.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.quickstart.ShopSize;
import dev.millrace.servers.faults.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the source's side can do to a pipeline that runs: it goes on by itself. */
class SourceFaultsTest {
    private static final Duration MOMENT = Duration.ofSeconds(2);

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES_18", "MYSQL_8_0", "MARIADB_11_4"})
    void survivesRestartsOfTheServer(OriginKind kind, @TempDir Path folder) throws Exception {
        try (ShopFixture shop = ShopFixture.in(folder, kind, ShopSize.ofRows(20_000));
                CdcProcess run = CdcProcess.start(folder, "run", shop.pipeline())) {
            awaitCheckpoint(shop, run);
            try (ShopFixture.Traders traders = shop.startTrading(shop.traders())) {
                for (int i = 0; i < 3; i++) {
                    assertThat(run.endsWithin(MOMENT)).as(run::output).isFalse();
                    shop.origin().kill9();
                    shop.origin().start();
                }
                assertThat(run.endsWithin(MOMENT)).as(run::output).isFalse();
                traders.stop();
            }
            finish(shop, run);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES_14", "MYSQL_8_0", "MARIADB_11_4"})
    void survivesCutsOfItsConnections(OriginKind kind, @TempDir Path folder) throws Exception {
        try (ShopFixture shop = ShopFixture.in(folder, kind, ShopSize.ofRows(20_000));
                TcpProxy proxy = TcpProxy.to("127.0.0.1", shop.origin().port())) {
            shop.writePipeline(proxy.port());
            try (CdcProcess run = CdcProcess.start(folder, "run", shop.pipeline())) {
                try (ShopFixture.Traders traders = shop.startTrading(shop.traders())) {
                    for (int i = 0; i < 3; i++) {
                        assertThat(run.endsWithin(MOMENT)).as(run::output).isFalse();
                        proxy.cutAll();
                        assertThat(run.endsWithin(MOMENT)).as(run::output).isFalse();
                        shop.origin().endReaders();
                    }
                    traders.stop();
                }
                finish(shop, run);
            }
        }
    }

    /** A server that has never answered is taken for a wrong address. */
    private static void awaitCheckpoint(ShopFixture shop, CdcProcess run) throws Exception {
        while (SinkState.of(shop).manifests().isEmpty()) {
            assertThat(run.endsWithin(Duration.ofMillis(50))).as(run::output).isFalse();
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
        SinkState sink = SinkState.of(shop);
        sink.assertEqualsSource(shop);
        sink.assertManifestsConsistent();
    }
}
