package dev.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.quickstart.ShopSize;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables arrive where the routes send them, from the snapshot and from the log. */
class RoutesTest {
    @Test
    void gathersTablesInOneAndRenamesOthers(@TempDir Path folder) throws Exception {
        try (ShopFixture shop = ShopFixture.in(folder, 18, ShopSize.tiny())) {
            for (int year = 2024; year <= 2026; year++) {
                shop.execute("create table visits_" + year + " (id bigint primary key, page text)");
                shop.execute("insert into visits_" + year + " select " + year + "000 + n, 'page ' || n"
                        + " from generate_series(1, 100) n");
            }
            shop.writePipeline(
                    shop.origin().port(), "  warehouse: " + shop.warehouse(), """
                  state: %s
                route:
                  - source-table: shop.public.visits_[0-9]+
                    sink-table: web.visits
                  - source-table: shop.public.customers
                    sink-table: crm.clients
                """.formatted(folder.resolve("state")));

            catchUp(shop);
            assertArrived(shop);

            shop.execute("update visits_2024 set page = 'changed' where id % 3 = 0");
            shop.execute("delete from visits_2025 where id % 3 = 0");
            shop.execute("update visits_2026 set id = id + 500 where id % 3 = 0");
            shop.trade(100, 3);
            catchUp(shop);
            assertArrived(shop);

            shop.execute("truncate visits_2024");
            CdcProcess.Result refused =
                    CdcProcess.run(folder, Duration.ofMinutes(1), "run", shop.pipeline(), "--until-caught-up");
            assertThat(refused.exitCode()).as(refused.output()).isEqualTo(6);
            assertThat(refused.output()).contains("JOB-003");
        }
    }

    private static void assertArrived(ShopFixture shop) throws Exception {
        try (Connection connection = shop.connect();
                PaimonReader sink = new PaimonReader(shop.warehouse())) {
            SourceReader source = new SourceReader(connection);
            List<Map<String, @Nullable String>> visits = new ArrayList<>();
            for (int year = 2024; year <= 2026; year++) {
                visits.addAll(source.rows("public", "visits_" + year));
            }
            assertThat(sink.rows("web", "visits", OptionalLong.empty())).containsExactlyInAnyOrderElementsOf(visits);
            assertThat(sink.rows("crm", "clients", OptionalLong.empty()))
                    .containsExactlyInAnyOrderElementsOf(source.rows("public", "customers"));
            assertThat(sink.rows("public", "orders", OptionalLong.empty()))
                    .containsExactlyInAnyOrderElementsOf(source.rows("public", "orders"));
            assertThat(sink.exists("public", "customers")).isFalse();
        }
    }

    private static void catchUp(ShopFixture shop) {
        CdcProcess.Result result =
                CdcProcess.run(shop.folder(), Duration.ofMinutes(2), "run", shop.pipeline(), "--until-caught-up");
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
