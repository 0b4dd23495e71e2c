package dev.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.quickstart.ShopSize;
import dev.millrace.servers.faults.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command lines of the systemd units, as they stand in the archive, where all is read-only but the state folder. */
class ServiceUnitTest {
    private static final Path UNITS = Path.of("src/main/systemd");
    private static final String COMMAND = "/opt/millrace/bin/cdc ";
    private static final String FILE = "/etc/millrace/%i.yaml";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void runsWithAFolderToWriteToAndNoOther(@TempDir Path folder) throws Exception {
        try (SmallDisk etc = SmallDisk.ofBytes(1 << 20);
                ShopFixture shop = ShopFixture.in(folder, 18, ShopSize.tiny())) {
            Files.writeString(
                    etc.folder().resolve("shop.yaml"),
                    Files.readString(Path.of(shop.pipeline())).replaceAll("(?m)^  state: .*$", ""));
            etc.makeReadOnly();

            try (CdcProcess once = start("millrace-catch-up@.service", folder, etc)) {
                CdcProcess.Result result = once.await(LIMIT);
                assertThat(result.exitCode()).as(result.output()).isZero();
            }
            shop.trade(20, 1);
            SinkState sink = new SinkState(shop.warehouse());
            long before = sink.newestConsistent();
            try (CdcProcess service = start("millrace@.service", folder, etc)) {
                while (sink.newestConsistent() == before) {
                    assertThat(service.endsWithin(Duration.ofMillis(100)))
                            .as(service::output)
                            .isFalse();
                }
                service.terminate();
                CdcProcess.Result result = service.await(LIMIT);
                assertThat(result.exitCode()).as(result.output()).isZero();
            }
            sink.assertEqualsSource(shop);
            assertThat(folder.resolve("millrace/shop")).isDirectoryContaining("glob:**checkpoint-*");
        }
    }

    private static CdcProcess start(String unit, Path folder, SmallDisk etc) throws IOException {
        String command = setting(unit, "ExecStart");
        assertThat(command).startsWith(COMMAND).contains(FILE);
        Path state = Files.createDirectories(folder.resolve(setting(unit, "StateDirectory")));
        String[] arguments = command.substring(COMMAND.length())
                .replace(FILE, etc.folder().resolve("shop.yaml").toString())
                .split(" ");
        return CdcProcess.start(folder, Map.of("STATE_DIRECTORY", state.toString()), arguments);
    }

    private static String setting(String unit, String key) throws IOException {
        return Files.readAllLines(UNITS.resolve(unit)).stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst()
                .orElseThrow();
    }
}
