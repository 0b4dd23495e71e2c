package dev.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.quickstart.ShopSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that join, leave and come back between two runs. */
class TableListTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void keepsEveryTableRightWhoseTurnItIs(@TempDir Path folder) throws Exception {
        try (ShopFixture shop = ShopFixture.in(folder, 18, ShopSize.ofRows(5_000))) {
            SinkState sink = new SinkState(shop.warehouse());
            catchUp(shop, "--set", "source.tables.exclude=shop.public.payments");

            shop.trade(50, 1);
            shop.execute(
                    "create table returns (id int primary key, note text); insert into returns values (1, 'broken')");
            catchUp(shop);
            sink.assertEqualsSource(shop);

            shop.trade(50, 2);
            catchUp(shop, "--set", "source.tables.exclude=shop.public.payments");
            shop.execute("update returns set note = 'mended'; delete from payments where id % 2 = 0");
            shop.trade(50, 3);
            catchUp(shop);
            sink.assertEqualsSource(shop);
            assertThat(sink.manifests().getLast().get("state").asText()).isEqualTo("consistent");
        }
    }

    private static void catchUp(ShopFixture shop, String... options) {
        List<String> arguments = new ArrayList<>(List.of("run", shop.pipeline(), "--until-caught-up"));
        arguments.addAll(List.of(options));
        CdcProcess.Result result = CdcProcess.run(shop.folder(), LIMIT, arguments.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
