package dev.millrace.dist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The file of the README's first command, in a size that takes seconds. */
@Timeout(300)
final class QuickstartTest {
    private static final List<String> SMALL =
            List.of("--set", "quickstart.rows=500", "--set", "quickstart.transactions=100");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void setUp() throws Exception {
        file = Files.copy(Path.of("../configs/quickstart.yaml"), folder.resolve("quickstart.yaml"));
    }

    @Test
    void bringsTheShopIntoTheWarehouseAndGoesOnAtTheNextRun() throws Exception {
        CdcCommand.Result first = cdc("run");
        CdcCommand.Result second = cdc("run");

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out())
                .containsPattern("customers +(\\d+) +\\1\n")
                .containsPattern("order_lines +(\\d+) +\\1\n")
                .containsPattern("broken sums +0 +0\n")
                .contains("After 100 transactions both sides hold the same rows")
                .contains("cdc show quickstart.yaml orders");
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.err()).doesNotContain("snapshot, ");
        assertThat(second.out()).contains("After 100 transactions both sides hold the same rows");
        assertThat(folder.resolve("warehouse/public.db/orders")).isDirectory();
        showsWhatArrived();
        dropsWhatItMade();
    }

    @Test
    void losesAndDoublesNothingThroughAKill() throws Exception {
        try (CdcCommand killed = CdcCommand.start(folder, arguments("run"))) {
            killed.awaitMessage("checkpoint ");
        }

        CdcCommand.Result after = cdc("run");

        assertThat(after.code()).as(after.err()).isZero();
        assertThat(after.out()).contains("both sides hold the same rows");
    }

    @Test
    void finishesACheckpointAtSigtermAndWhereTwoSigintsComeTogether() throws Exception {
        List<String> endless = List.of("--set", "quickstart.transactions=1000000");
        try (CdcCommand stopped = CdcCommand.start(folder, arguments("run", endless))) {
            stopped.awaitMessage("checkpoint ");
            stopped.signal("TERM");
            CdcCommand.Result result = stopped.end(Duration.ofSeconds(30));

            assertThat(result.code()).as(result.err()).isZero();
            assertThat(result.err()).contains("Stopped after checkpoint ");
        }
        try (CdcCommand stopped = CdcCommand.start(folder, arguments("run", endless))) {
            stopped.awaitMessage("catching up");
            stopped.signal("INT");
            stopped.signal("INT");
            CdcCommand.Result result = stopped.end(Duration.ofSeconds(30));

            assertThat(result.code()).as(result.err()).isZero();
            assertThat(result.err()).containsOnlyOnce("Stopping: finishing a checkpoint");
        }
    }

    private void showsWhatArrived() throws Exception {
        CdcCommand.Result orders = cdc("show", "orders", "--limit", "3");
        CdcCommand.Result status = cdc("status", "--json");
        CdcCommand.Result manifest = cdc("manifest");
        CdcCommand.Result unknown = cdc("show", "ordres");

        assertThat(orders.out().lines()).hasSize(5).first().asString().startsWith("id");
        assertThat(orders.err()).isEqualTo("3 rows; --limit shows more\n");
        assertThat(status.out()).contains("\"running\":false").contains("\"consistent\":true");
        assertThat(manifest.out().lines()).hasSize(1).first().asString().contains("\"public.orders\"");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("CLI-005").contains("public.orders");
    }

    private void dropsWhatItMade() throws Exception {
        CdcCommand.Result declined = cdc("drop");
        CdcCommand.Result dropped = cdc("drop", "--yes");
        CdcCommand.Result again = cdc("drop", "--yes");

        assertThat(declined.code()).isEqualTo(8);
        assertThat(dropped.code()).as(dropped.err()).isZero();
        assertThat(dropped.out()).contains("slot").contains("publication").endsWith("Dropped.\n");
        assertThat(again.out()).isEqualTo("There is nothing to drop.\n");
        assertThat(folder.resolve("warehouse/public.db/orders")).isDirectory();
    }

    private CdcCommand.Result cdc(String command, String... more) throws Exception {
        return CdcCommand.run(folder, arguments(command, List.of(more)));
    }

    private Object[] arguments(String command) {
        return arguments(command, List.of());
    }

    private Object[] arguments(String command, List<String> more) {
        List<Object> all = new java.util.ArrayList<>(List.of(command, file.getFileName()));
        all.addAll(SMALL);
        all.addAll(more);
        return all.toArray();
    }
}
