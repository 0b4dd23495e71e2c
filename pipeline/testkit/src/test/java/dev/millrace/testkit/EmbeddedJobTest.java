package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.config.ConfigSection;
import dev.millrace.config.Place;
import dev.millrace.runtime.CheckpointSettings;
import dev.millrace.runtime.JobEnvironment;
import dev.millrace.runtime.JobOutcome;
import dev.millrace.runtime.JobSettings;
import dev.millrace.runtime.JobSpec;
import dev.millrace.runtime.MemorySettings;
import dev.millrace.runtime.RestartSettings;
import dev.millrace.runtime.file.FileStateStorageFactory;
import dev.millrace.runtime.worker.EmbeddedJob;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.state.Ownership;
import dev.millrace.spi.state.StateStorage;
import dev.millrace.testkit.memory.Changelog;
import dev.millrace.testkit.memory.MemoryDatabase;
import dev.millrace.testkit.memory.MemoryWarehouse;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class EmbeddedJobTest {
    private static final ConfigSection NO_OPTIONS = new ConfigSection("state", new Place("test", 1, 1), Map.of());
    private final Changelog changelog = Changelog.generate(new Random(7), 300);
    private final MemoryDatabase database = new MemoryDatabase(changelog, 20, position -> {});
    private final MemoryWarehouse warehouse = new MemoryWarehouse(change -> {});

    @TempDir
    Path folder;

    @Test
    void readsEverythingOnThreadsAndEnds() throws Exception {
        assertThat(run(SourceContext.ReadMode.UNTIL_CAUGHT_UP, new CountDownLatch(0)))
                .isEqualTo(JobOutcome.FINISHED);

        assertThat(warehouse.visible().getLast().state()).isEqualTo(changelog.stateAt(changelog.head()));
    }

    @Test
    void commitsWhatItHasReadWhenItIsStoppedAndGoesOnFromThere() throws Exception {
        database.showUpTo(150);
        assertThat(run(SourceContext.ReadMode.CONTINUOUS, new CountDownLatch(1)))
                .isEqualTo(JobOutcome.STOPPED);
        assertThat(warehouse.visible().getLast().state()).isEqualTo(changelog.stateAt(150));
        database.showUpTo(changelog.head());

        assertThat(run(SourceContext.ReadMode.UNTIL_CAUGHT_UP, new CountDownLatch(0)))
                .isEqualTo(JobOutcome.FINISHED);

        assertThat(warehouse.visible().getLast().state()).isEqualTo(changelog.stateAt(changelog.head()));
    }

    private JobOutcome run(SourceContext.ReadMode mode, CountDownLatch caughtUp) throws Exception {
        URI location = folder.resolve("state").toUri();
        FileStateStorageFactory state = new FileStateStorageFactory();
        try (StateStorage storage = state.open(location, NO_OPTIONS);
                Ownership ownership = state.acquire(location, NO_OPTIONS, "this test")) {
            JobSettings settings = new JobSettings(
                    2,
                    new CheckpointSettings(Duration.ofMillis(20), 1L << 20, 3),
                    MemorySettings.DEFAULT,
                    RestartSettings.DEFAULT,
                    Duration.ofSeconds(10));
            JobSpec spec = new JobSpec(
                    "bank",
                    "memory to memory",
                    mode,
                    new JobSpec.Ends(database::source, warehouse::sink, table -> table),
                    new JobSpec.State(storage, ownership),
                    folder.resolve("spill"),
                    settings);
            EmbeddedJob job = new EmbeddedJob(
                    spec,
                    JobEnvironment.system(),
                    status -> status.checkpoint()
                            .filter(checkpoint -> checkpoint.sourcePosition().equals("150"))
                            .ifPresent(checkpoint -> caughtUp.countDown()));
            CompletableFuture<Void> stopper = CompletableFuture.runAsync(() -> {
                if (caughtUp.getCount() > 0) {
                    await(caughtUp);
                    job.stop();
                }
            });
            JobOutcome outcome = job.run();
            stopper.join();
            return outcome;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
