package dev.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.quickstart.ShopSize;
import dev.millrace.servers.s3.MiniS3;
import dev.millrace.servers.s3.S3Fault;
import dev.millrace.sink.paimon.s3.S3FileIOLoader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.options.Options;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State and warehouse in a bucket; the store is this test's own and outlives the runs. */
class S3Test {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration PROMISED = Duration.ofSeconds(30);
    private final MiniS3 store = MiniS3.started();

    @TempDir
    Path folder;

    @BeforeEach
    void makeTheBucket() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.send(
                    HttpRequest.newBuilder(URI.create(store.endpoint() + "/lake"))
                            .PUT(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void losesAndDoublesNothingWhenItIsKilled() throws Exception {
        try (ShopFixture shop = shop()) {
            try (ShopFixture.Traders traders = shop.startTrading(1)) {
                for (int kill = 0; kill < 3; kill++) {
                    try (CdcProcess run = CdcProcess.start(folder, "run", shop.pipeline())) {
                        awaitWrites(run, "lake/state/checkpoint", 2 + kill);
                        run.kill9();
                    }
                }
                assertThat(traders.stop()).isPositive();
            }
            assertCatchesUp(shop);
        }
    }

    @Test
    void endsInTimeWhenTheStoreHangs() throws Exception {
        try (ShopFixture shop = shop()) {
            try (ShopFixture.Traders traders = shop.startTrading(1);
                    CdcProcess run = CdcProcess.start(folder, "run", shop.pipeline())) {
                awaitWrites(run, "lake/state/checkpoint", 2);
                store.faults((method, path) -> Optional.of(new S3Fault.Delay(Duration.ofMinutes(1))));
                run.terminate();
                CdcProcess.Result ended = run.await(PROMISED);
                assertThat(ended.exitCode()).as(ended.output()).isIn(0, 143);
                assertThat(ended.output())
                        .containsAnyOf("Stopped before a last checkpoint came about", "did not end in time");
                assertThat(traders.stop()).isPositive();
            }
            store.heal();
            assertCatchesUp(shop);
        }
    }

    @Test
    void endsAtOnceAtTheSecondSignal() throws Exception {
        try (ShopFixture shop = shop()) {
            try (CdcProcess run = CdcProcess.start(folder, "run", shop.pipeline())) {
                awaitWrites(run, "lake/state/checkpoint", 1);
                store.faults((method, path) -> Optional.of(new S3Fault.Delay(Duration.ofMinutes(1))));
                run.terminate();
                while (!run.output().contains("Stopping")) {
                    assertThat(run.endsWithin(Duration.ofMillis(20)))
                            .as(run::output)
                            .isFalse();
                }
                // What comes within a second belongs to the first.
                assertThat(run.endsWithin(Duration.ofMillis(1_500)))
                        .as(run::output)
                        .isFalse();
                run.terminate();
                assertThat(run.await(Duration.ofSeconds(5)).exitCode()).isEqualTo(143);
            }
            store.heal();
            assertCatchesUp(shop);
        }
    }

    private ShopFixture shop() throws Exception {
        ShopFixture shop = ShopFixture.in(folder, 18, ShopSize.tiny());
        String endpoint = store.endpoint().toString();
        shop.writePipeline(shop.origin().port(), """
                  warehouse: s3://lake/warehouse
                  catalog.properties.s3.endpoint: %s
                  catalog.properties.s3.access-key: any
                  catalog.properties.s3.secret-key: anything
                  catalog.properties.s3.path.style.access: true""".formatted(endpoint).indent(2), """
                  state: s3://lake/state
                  state.endpoint: %s
                  state.access-key: any
                  state.secret-key: anything""".formatted(endpoint)
                .indent(2));
        return shop;
    }

    /** Returns once so many objects whose names begin so were asked to be written. */
    private void awaitWrites(CdcProcess run, String prefix, int count) throws Exception {
        CountDownLatch written = new CountDownLatch(count);
        store.faults((method, path) -> {
            if (method.equals("PUT") && path.startsWith(prefix)) {
                written.countDown();
            }
            return Optional.empty();
        });
        while (written.getCount() > 0) {
            assertThat(run.endsWithin(Duration.ofMillis(20))).as(run::output).isFalse();
        }
    }

    private void assertCatchesUp(ShopFixture shop) throws Exception {
        CdcProcess.Result last = CdcProcess.run(folder, LIMIT, "run", shop.pipeline(), "--until-caught-up");
        assertThat(last.exitCode()).as(last.output()).isZero();
        Options options = Options.fromMap(Map.of(
                "warehouse", "s3://lake/warehouse",
                "s3.endpoint", store.endpoint().toString(),
                "s3.access-key", "any",
                "s3.secret-key", "anything",
                "s3.path.style.access", "true"));
        CatalogContext context =
                CatalogContext.create(options, new Configuration(false), new S3FileIOLoader("s3"), null);
        try (PaimonReader sink = new PaimonReader(context)) {
            SinkState.assertEqualsSource(shop, sink);
        }
    }
}
