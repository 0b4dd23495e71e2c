package dev.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.quickstart.ShopSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline file that says something else than the state. */
class ChangedFileTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int BAD_FILE = 2;
    private static final int BAD_STATE = 5;
    private static final int CHECK_FOUND_ERRORS = 7;

    @TempDir
    Path folder;

    @Test
    void refusesAnotherRouteUntilTheTableIsCopiedAnew() throws Exception {
        try (ShopFixture shop = ShopFixture.in(folder, 18, ShopSize.tiny())) {
            assertCatchesUp(shop);
            shop.trade(20, 1);
            route(shop, "shop.public.orders", "ods.orders");

            CdcProcess.Result run = run(shop);
            assertThat(run.exitCode()).as(run.output()).isEqualTo(BAD_STATE);
            assertThat(run.output())
                    .contains("STATE-004")
                    .contains("shop.public.orders went into shop.public.orders and would go into ods.orders now");
            CdcProcess.Result check = CdcProcess.run(folder, LIMIT, "check", shop.pipeline());
            assertThat(check.exitCode()).as(check.output()).isEqualTo(CHECK_FOUND_ERRORS);
            assertThat(check.output()).contains("STATE-004").contains("ods.orders");

            assertCatchesUp(shop, "--set", "source.tables.exclude=shop.public.orders");
            assertCatchesUp(shop);
            try (PaimonReader sink = new PaimonReader(shop.warehouse());
                    Connection connection = shop.connect()) {
                assertThat(sink.rows("ods", "orders", OptionalLong.empty()))
                        .containsExactlyInAnyOrderElementsOf(new SourceReader(connection).rows("public", "orders"));
            }
        }
    }

    @Test
    void goesOnInAnotherWarehouseOnlyWhereTheTablesHaveMovedThere() throws Exception {
        try (ShopFixture shop = ShopFixture.in(folder, 18, ShopSize.tiny())) {
            assertCatchesUp(shop);
            shop.trade(20, 1);
            Path empty = folder.resolve("empty");
            shop.writePipeline(shop.origin().port(), "  warehouse: " + empty, "  state: " + folder.resolve("state"));

            CdcProcess.Result run = run(shop);
            assertThat(run.exitCode()).as(run.output()).isEqualTo(BAD_STATE);
            assertThat(run.output()).contains("STATE-007").contains(empty.toString());

            Path elsewhere = Files.move(shop.warehouse(), folder.resolve("elsewhere"));
            shop.writePipeline(
                    shop.origin().port(), "  warehouse: " + elsewhere, "  state: " + folder.resolve("state"));
            assertCatchesUp(shop);
            new SinkState(elsewhere).assertEqualsSource(shop);
        }
    }

    @Test
    void refusesToMergeTablesThatCouldNotBeGoneOnWith() throws Exception {
        try (ShopFixture shop = ShopFixture.in(folder, 18, ShopSize.tiny())) {
            for (String table : List.of("north", "south")) {
                shop.execute("create table " + table + " (id uuid primary key, pad text);"
                        + " insert into " + table + " select gen_random_uuid(), repeat('x', 500)"
                        + " from generate_series(1, 5000)");
            }
            route(shop, "shop.public.(north|south)", "public.all_parts");
            CdcProcess.Result run = run(shop, "--set", "source.scan.incremental.snapshot.chunk.size=300");

            assertThat(run.exitCode()).as(run.output()).isEqualTo(BAD_FILE);
            assertThat(run.output())
                    .contains("JOB-004")
                    .contains("shop.public.north")
                    .contains("public.all_parts");
            try (PaimonReader sink = new PaimonReader(shop.warehouse())) {
                assertThat(sink.exists("public", "all_parts")).isFalse();
            }

            assertCatchesUp(shop);
            try (PaimonReader sink = new PaimonReader(shop.warehouse())) {
                assertThat(sink.rows("public", "all_parts", OptionalLong.empty()))
                        .hasSize(10_000);
            }
        }
    }

    private void route(ShopFixture shop, String source, String sink) throws Exception {
        shop.writePipeline(shop.origin().port(), "  warehouse: " + shop.warehouse(), """
                  state: %s
                route:
                  - source-table: %s
                    sink-table: %s""".formatted(
                        folder.resolve("state"), source, sink));
    }

    private static CdcProcess.Result run(ShopFixture shop, String... options) {
        List<String> arguments = new ArrayList<>(List.of("run", shop.pipeline(), "--until-caught-up"));
        arguments.addAll(List.of(options));
        return CdcProcess.run(shop.folder(), LIMIT, arguments.toArray(String[]::new));
    }

    private static void assertCatchesUp(ShopFixture shop, String... options) {
        CdcProcess.Result result = run(shop, options);
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
