package dev.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.quickstart.ShopSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainRunTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void copiesTheShopAndFollowsIt(int major, @TempDir Path folder) throws Exception {
        try (ShopFixture shop = ShopFixture.in(folder, major, ShopSize.ofRows(20_000))) {
            SinkState sink = new SinkState(shop.warehouse());
            catchUp(shop);
            sink.assertEqualsSource(shop);

            shop.trade(300, 1);
            catchUp(shop);
            sink.assertEqualsSource(shop);

            long before = sink.newestConsistent();
            shop.execute("truncate payments");
            catchUp(shop);
            sink.assertEqualsSource(shop);
            assertThat(rowsShown(shop)).isZero();
            assertThat(rowsShown(shop, "--at", Long.toString(before))).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0", "MARIADB_11_4"})
    void copiesAndFollowsOtherServers(OriginKind kind, @TempDir Path folder) throws Exception {
        try (ShopFixture shop = ShopFixture.in(folder, kind, ShopSize.tiny())) {
            CdcProcess.Result check = CdcProcess.run(folder, LIMIT, "check", shop.pipeline());
            assertThat(check.exitCode()).as(check.output()).isZero();
            SinkState sink = SinkState.of(shop);
            catchUp(shop);
            sink.assertEqualsSource(shop);

            shop.trade(300, 1);
            catchUp(shop);
            sink.assertEqualsSource(shop);

            shop.execute("truncate events");
            shop.execute("insert into events values (1, 7.5)");
            catchUp(shop);
            sink.assertEqualsSource(shop);
            CdcProcess.Result drop = CdcProcess.run(folder, LIMIT, "drop", shop.pipeline(), "--yes");
            assertThat(drop.exitCode()).as(drop.output()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {18})
    void endsOnSigtermAfterACheckpoint(int major, @TempDir Path folder) throws Exception {
        try (ShopFixture shop = ShopFixture.in(folder, major, ShopSize.tiny())) {
            SinkState sink = new SinkState(shop.warehouse());
            CdcProcess.Result result;
            try (ShopFixture.Traders traders = shop.startTrading(2);
                    CdcProcess run = CdcProcess.start(folder, "run", shop.pipeline())) {
                while (sink.manifests().stream()
                        .noneMatch(m -> m.get("state").asText().equals("consistent"))) {
                    assertThat(run.endsWithin(Duration.ofMillis(200)))
                            .as(run::output)
                            .isFalse();
                }
                run.terminate();
                result = run.await(Duration.ofSeconds(30));
                assertThat(traders.stop()).isPositive();
            }
            assertThat(result.exitCode()).as(result.output()).isZero();
            assertThat(sink.assertManifestsConsistent()).isPositive();
            catchUp(shop);
            sink.assertEqualsSource(shop);
        }
    }

    /** How many payments the command prints, asked for seven. */
    private static long rowsShown(ShopFixture shop, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("show", shop.pipeline(), "payments", "--limit", "7", "--json"));
        arguments.addAll(List.of(more));
        CdcProcess.Result result = CdcProcess.run(shop.folder(), LIMIT, arguments.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output().lines().filter(line -> line.startsWith("{")).count();
    }

    private static void catchUp(ShopFixture shop) {
        CdcProcess.Result result = CdcProcess.run(shop.folder(), LIMIT, "run", shop.pipeline(), "--until-caught-up");
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
