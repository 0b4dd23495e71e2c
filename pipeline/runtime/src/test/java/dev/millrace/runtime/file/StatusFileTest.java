package dev.millrace.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.runtime.JobStatus;
import dev.millrace.schema.TableId;
import dev.millrace.spi.SourceProgress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusFileTest {
    private static final JobStatus STATUS = new JobStatus(
            "shop",
            JobStatus.Phase.RUNNING,
            Instant.parse("2026-01-02T03:04:05.678Z"),
            Instant.parse("2026-01-02T03:04:00Z"),
            new SourceProgress(SourceProgress.Phase.SNAPSHOT, 5, 2, 1000, 400, 77, -1),
            List.of(new JobStatus.TableCount(new TableId("shop", "public", "a \"b\" 🐘"), 1, 2, 3, Long.MAX_VALUE)),
            List.of(new JobStatus.ChannelFill(5, 10)),
            Optional.of(new JobStatus.CheckpointStatus(
                    9, Instant.EPOCH, Duration.ofMillis(12), 345, "0/1A2B", Long.MIN_VALUE, true)),
            1,
            Optional.of("PG-001 gone"));

    @TempDir
    Path folder;

    @Test
    void readsBackWhatItWrote() {
        StatusFile file = new StatusFile(folder);

        file.accept(STATUS);

        assertThat(file.read()).contains(STATUS);
    }

    @Test
    void readsBackAStatusWithoutOptionalParts() {
        JobStatus bare = new JobStatus(
                "shop",
                JobStatus.Phase.STARTING,
                Instant.EPOCH,
                Instant.EPOCH,
                STATUS.source(),
                List.of(),
                List.of(),
                Optional.empty(),
                0,
                Optional.empty());
        StatusFile file = new StatusFile(folder);

        file.accept(STATUS);
        file.accept(bare);

        assertThat(file.read()).contains(bare);
    }

    @Test
    void tellsNothingWhereTheFileIsMissingOrNotAStatus() throws Exception {
        StatusFile file = new StatusFile(folder);
        assertThat(file.read()).isEmpty();

        Files.writeString(folder.resolve(".status.json"), "{\"pipeline\": \"shop\"}");
        assertThat(file.read()).isEmpty();
    }

    @Test
    void neverFailsTheJob() {
        new StatusFile(folder.resolve("missing")).accept(STATUS);

        assertThat(folder.resolve("missing")).doesNotExist();
    }

    @Test
    void isNoBlobOfTheState() {
        new StatusFile(folder).accept(STATUS);

        assertThat(new FileStateStorage(folder).list()).isEmpty();
    }
}
