package dev.millrace.sink.paimon;

import static dev.millrace.sink.paimon.Tables.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.Committable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What survives a power cut is what was forced to the disk; the JDK's flight recorder knows what was. */
class DurabilityTest {

    @TempDir
    Path temporary;

    /** Without links, as the system reports it. */
    private Path folder;

    @BeforeEach
    void resolveLinks() throws IOException {
        folder = temporary.toRealPath();
    }

    @Test
    void stagedFilesAndTheirFoldersAreOnTheDiskBeforeTheyAreHandedOver() throws Exception {
        try (Lake lake = new Lake(folder);
                Recording recording = recording()) {
            lake.create(ORDERS);
            lake.write(Rows.of(ORDERS).insert(1, "new"));
            lake.prepare(1);
            Set<Path> forced = forced(recording);

            Path bucket = lake.warehouse().resolve("shop.db/orders/bucket-0");
            assertThat(files(bucket)).hasSize(1).allMatch(forced::contains);
            assertThat(forced)
                    .contains(
                            bucket,
                            lake.warehouse().resolve("shop.db/orders"),
                            lake.warehouse().resolve("shop.db"))
                    .contains(lake.warehouse(), folder);
        }
    }

    @Test
    void aTableIsOnTheDiskBeforeAnyRowOfItIsHandedOver() throws Exception {
        try (Lake lake = new Lake(folder);
                Recording recording = recording()) {
            lake.create(ORDERS);
            assertThat(forced(recording))
                    .contains(lake.warehouse().resolve("shop.db/orders/schema"))
                    .anyMatch(file -> file.getFileName().toString().startsWith(".schema-0."));
        }
    }

    @Test
    void whatACommitWritesIsOnTheDiskWhenItReturns() throws Exception {
        try (Lake lake = new Lake(folder)) {
            lake.create(ORDERS);
            lake.committer().discardStaged(0);
            lake.write(Rows.of(ORDERS).insert(1, "new"));
            List<Committable> staged = lake.prepare(1);
            try (Recording recording = recording()) {
                lake.commit(1, staged);
                Set<Path> forced = forced(recording);

                Path table = lake.warehouse().resolve("shop.db/orders");
                assertThat(files(table.resolve("manifest"))).isNotEmpty().allMatch(forced::contains);
                assertThat(forced)
                        .anyMatch(file -> file.getFileName().toString().startsWith(".snapshot-1."))
                        .anyMatch(file -> file.getFileName().toString().startsWith(".latest."))
                        .anyMatch(file -> file.getFileName().toString().matches("\\.0{19}1\\.json\\..*"))
                        .contains(table.resolve("manifest"), table.resolve("snapshot"))
                        .contains(lake.warehouse().resolve("_millrace/shop+to+lake"))
                        .contains(lake.warehouse().resolve("_millrace/shop+to+lake/p-1/manifests"));
            }
        }
    }

    private static Recording recording() {
        Recording recording = new Recording();
        recording.enable("jdk.FileForce").withThreshold(Duration.ZERO).withoutStackTrace();
        recording.start();
        return recording;
    }

    private Set<Path> forced(Recording recording) throws IOException {
        recording.stop();
        Path file = temporary.resolve("forced.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .map(event -> Path.of(event.getString("path")))
                .collect(Collectors.toSet());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
