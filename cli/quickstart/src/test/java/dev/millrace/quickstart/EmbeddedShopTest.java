package dev.millrace.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedShopTest {

    @Test
    void goesOnInItsFolder(@TempDir Path folder) throws Exception {
        List<String> left;
        try (EmbeddedShop shop = EmbeddedShop.open(folder, ShopSize.tiny(), 1)) {
            assertThat(shop.writer(new ShopPace(1_000, 50)).call()).isEqualTo(50);
            left = rows(shop);
        }
        try (EmbeddedShop shop = EmbeddedShop.open(folder, ShopSize.tiny(), 1)) {
            assertThat(rows(shop)).isEqualTo(left);
            shop.writer(new ShopPace(1_000, 50)).call();
            assertThat(rows(shop)).isNotEqualTo(left);
            try (Connection connection = shop.connect()) {
                assertThat(ShopInvariant.violations(connection)).isEmpty();
            }
        }
    }

    @Test
    void keepsThePaceUntilItIsStopped(@TempDir Path folder) throws Exception {
        try (EmbeddedShop shop = EmbeddedShop.open(folder, ShopSize.tiny(), 1);
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            long start = System.nanoTime();
            assertThat(shop.writer(new ShopPace(50, 26)).call()).isEqualTo(26);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(500_000_000L);

            PacedWriter endless = shop.writer(new ShopPace(1_000, Long.MAX_VALUE));
            Future<Long> work = thread.submit(endless);
            while (endless.done() == 0) {
                Thread.onSpinWait();
            }
            endless.stop();
            assertThat(work.get()).isPositive().isEqualTo(endless.done());
        }
    }

    private static List<String> rows(EmbeddedShop shop) throws SQLException {
        try (Connection connection = shop.connect()) {
            return Rows.everything(connection);
        }
    }
}
