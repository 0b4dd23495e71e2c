package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.runtime.CheckpointSettings;
import dev.millrace.runtime.JobEnvironment;
import dev.millrace.runtime.JobOutcome;
import dev.millrace.runtime.JobSettings;
import dev.millrace.runtime.JobSpec;
import dev.millrace.runtime.JobStatus;
import dev.millrace.runtime.MemorySettings;
import dev.millrace.runtime.RestartSettings;
import dev.millrace.runtime.task.JobRun;
import dev.millrace.runtime.task.RunControl;
import dev.millrace.runtime.task.StatusBoard;
import dev.millrace.runtime.task.Task;
import dev.millrace.spi.SourceContext.ReadMode;
import dev.millrace.testkit.memory.Changelog;
import dev.millrace.testkit.memory.MemoryDatabase;
import dev.millrace.testkit.memory.MemoryStateStorage;
import dev.millrace.testkit.memory.MemoryWarehouse;
import dev.millrace.testkit.memory.Unchallenged;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job whose tasks are stepped one by one, on a clock that moves a millisecond a round. */
class SteppedJobTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final long MANY_BYTES = 1L << 40;
    private static final long CHANNEL_BYTES = 200_000;
    /** More than a batch of the test kit's reader takes. */
    private static final long BATCH = 20_000;

    private final Changelog changelog = Changelog.generate(new Random(3), 3_000);
    private final MemoryDatabase database = new MemoryDatabase(changelog, 5, position -> {});
    private final MemoryWarehouse warehouse = new MemoryWarehouse(change -> {});
    private final VirtualClock clock = new VirtualClock();
    private final List<JobStatus> told = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void readsNoMoreThanTheChannelsHoldWhileTheSinkStalls() {
        JobRun run = start(NEVER, MANY_BYTES);
        while (warehouse.visible().isEmpty()) {
            step(run, task -> true);
        }

        for (int round = 0; round < 5_000; round++) {
            step(run, task -> !task.name().startsWith("writer"));
        }
        JobStatus stalled = told.getLast();
        assertThat(stalled.channels())
                .anyMatch(channel -> channel.bytes() >= channel.capacity())
                .allMatch(channel -> channel.bytes() <= channel.capacity() + 2 * BATCH);
        assertThat(rowsRead(stalled)).isLessThan(changelog.head());

        assertThat(finish(run)).isEqualTo(JobOutcome.FINISHED);
        assertThat(warehouse.visible().getLast().state()).isEqualTo(changelog.stateAt(changelog.head()));
    }

    @Test
    void takesACheckpointAfterSoManyBytes() {
        JobRun run = start(NEVER, 100_000);

        assertThat(finish(run)).isEqualTo(JobOutcome.FINISHED);

        long bytes = told.getLast().tables().stream()
                .mapToLong(JobStatus.TableCount::bytesRead)
                .sum();
        assertThat(bytes).isGreaterThan(1_000_000);
        assertThat((long) warehouse.visible().size()).isBetween(bytes / 200_000, bytes / 100_000 + 3);
    }

    @Test
    void takesACheckpointAfterSoMuchTime() {
        JobRun run = start(Duration.ofMillis(100), MANY_BYTES);

        assertThat(finish(run)).isEqualTo(JobOutcome.FINISHED);

        long intervals = Duration.ofNanos(clock.nanoTime()).toMillis() / 100;
        assertThat(intervals).isGreaterThan(5);
        assertThat((long) warehouse.visible().size()).isBetween(intervals / 2, intervals + 3);
    }

    @Test
    void takesNoneBetweenSnapshotAndEndWithoutCause() {
        assertThat(finish(start(NEVER, MANY_BYTES))).isEqualTo(JobOutcome.FINISHED);

        assertThat(warehouse.visible()).hasSize(2);
    }

    private JobRun start(Duration interval, long bytes) {
        JobSettings settings = new JobSettings(
                2,
                new CheckpointSettings(interval, bytes, 3),
                new MemorySettings(1, CHANNEL_BYTES, 1),
                RestartSettings.DEFAULT,
                Duration.ofSeconds(1));
        JobSpec spec = new JobSpec(
                "bank",
                "memory to memory",
                ReadMode.UNTIL_CAUGHT_UP,
                new JobSpec.Ends(database::source, warehouse::sink, table -> table),
                new JobSpec.State(new MemoryStateStorage(change -> {}), new Unchallenged()),
                folder.resolve("spill"),
                settings);
        return JobRun.start(spec, new JobEnvironment(clock, new Random(1)), new StatusBoard(), told::add);
    }

    private void step(JobRun run, Predicate<Task> which) {
        run.tasks().stream().filter(which).forEach(Task::step);
        clock.advance(Duration.ofMillis(1));
    }

    private JobOutcome finish(JobRun run) {
        while (run.control().ended().isEmpty()) {
            step(run, task -> true);
        }
        return switch (run.control().ended().orElseThrow()) {
            case RunControl.End.Of ended -> ended.outcome();
            case RunControl.End.Failed failed -> throw new AssertionError("failed", failed.failure());
        };
    }

    private static long rowsRead(JobStatus status) {
        return status.tables().stream()
                .mapToLong(JobStatus.TableCount::rowsRead)
                .sum();
    }
}
