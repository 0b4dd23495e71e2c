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
import dev.millrace.runtime.worker.EmbeddedJob;
import dev.millrace.spi.ChangeOutput;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.ReaderPosition;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext.ReadMode;
import dev.millrace.spi.SourceProgress;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitEnumerator;
import dev.millrace.spi.SplitReader;
import dev.millrace.spi.VersionedBytes;
import dev.millrace.testkit.memory.Changelog;
import dev.millrace.testkit.memory.MemoryDatabase;
import dev.millrace.testkit.memory.MemoryStateStorage;
import dev.millrace.testkit.memory.MemoryWarehouse;
import dev.millrace.testkit.memory.Unchallenged;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JobStopTest {
    private static final int SNAPSHOT_AT = 5;
    private final Changelog changelog = Changelog.generate(new Random(5), 40);
    private final MemoryDatabase database = new MemoryDatabase(changelog, SNAPSHOT_AT, position -> {});
    private final MemoryWarehouse warehouse = new MemoryWarehouse(change -> {});
    private final CountDownLatch running = new CountDownLatch(1);

    @TempDir
    Path folder;

    @Test
    void takesALastCheckpointWhateverTheIntervalIs() throws Exception {
        assertThat(runAndStop(Duration.ofSeconds(10), UnaryOperator.identity())).isEqualTo(JobOutcome.STOPPED);

        MemoryWarehouse.Visible last = warehouse.visible().getLast();
        assertThat(warehouse.visible())
                .as("one between snapshot and log, one at the end")
                .hasSize(2);
        assertThat(last.state())
                .isEqualTo(changelog.stateAt(Long.parseLong(last.checkpoint().sourcePosition())));
    }

    @Test
    void givesUpWithoutHarmWhenTheSourceReachesNoBoundaryInTime() throws Exception {
        JobOutcome outcome = runAndStop(Duration.ofMillis(200), InATransaction::new);

        assertThat(outcome).isEqualTo(JobOutcome.STOPPED_WITHOUT_CHECKPOINT);
        assertThat(warehouse.visible()).as("one between snapshot and log").hasSize(1);
    }

    private JobOutcome runAndStop(Duration stopTimeout, UnaryOperator<Source> wrapped) throws Exception {
        JobSettings settings = new JobSettings(
                2,
                new CheckpointSettings(Duration.ofHours(1), 1L << 30, 3),
                MemorySettings.DEFAULT,
                RestartSettings.DEFAULT,
                stopTimeout);
        JobSpec spec = new JobSpec(
                "bank",
                "memory to memory",
                ReadMode.CONTINUOUS,
                new JobSpec.Ends(context -> wrapped.apply(database.source(context)), warehouse::sink, table -> table),
                new JobSpec.State(new MemoryStateStorage(change -> {}), new Unchallenged()),
                folder.resolve("spill"),
                settings);
        EmbeddedJob job = new EmbeddedJob(spec, JobEnvironment.system(), status -> {
            if (status.tables().stream()
                            .mapToLong(JobStatus.TableCount::rowsRead)
                            .sum()
                    > snapshotRows()) {
                running.countDown();
            }
        });
        CompletableFuture<Boolean> stopper = CompletableFuture.supplyAsync(() -> stopOnceRunning(job));
        JobOutcome outcome = job.run();
        assertThat(stopper.join()).isTrue();
        return outcome;
    }

    private long snapshotRows() {
        return changelog.rowsAt(SNAPSHOT_AT).values().stream()
                .mapToLong(List::size)
                .sum();
    }

    private boolean stopOnceRunning(EmbeddedJob job) {
        try {
            boolean began = running.await(30, TimeUnit.SECONDS);
            job.stop();
            return began;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A source whose transaction does not end. */
    private record InATransaction(Source source) implements Source {
        @Override
        public SplitEnumerator openEnumerator(Optional<VersionedBytes> restored, List<Split> unfinished) {
            return source.openEnumerator(restored, unfinished);
        }

        @Override
        public SplitReader openReader(int index) {
            return new EndlessReader(source.openReader(index));
        }

        @Override
        public SourceProgress progress() {
            return source.progress();
        }

        @Override
        public void close() {
            source.close();
        }
    }

    private record EndlessReader(SplitReader reader) implements SplitReader {
        @Override
        public void assign(Split split) {
            reader.assign(split);
        }

        @Override
        public Progress poll(ChangeOutput output, PollRequest request) {
            return reader.poll(output, PollRequest.read(0));
        }

        @Override
        public Optional<ReaderPosition> position() {
            return reader.position();
        }

        @Override
        public void acknowledge(Split committed) {
            reader.acknowledge(committed);
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
