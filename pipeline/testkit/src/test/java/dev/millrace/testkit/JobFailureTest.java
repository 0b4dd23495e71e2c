package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.CatalogueEntry;
import dev.millrace.error.CommitOutcomeUnknownException;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.runtime.CheckpointSettings;
import dev.millrace.runtime.JobEnvironment;
import dev.millrace.runtime.JobOutcome;
import dev.millrace.runtime.JobSettings;
import dev.millrace.runtime.JobSpec;
import dev.millrace.runtime.JobStatus;
import dev.millrace.runtime.MemorySettings;
import dev.millrace.runtime.RestartSettings;
import dev.millrace.runtime.RuntimeCode;
import dev.millrace.runtime.worker.EmbeddedJob;
import dev.millrace.schema.TableId;
import dev.millrace.spi.SourceContext.ReadMode;
import dev.millrace.spi.state.StateStorage;
import dev.millrace.testkit.memory.Changelog;
import dev.millrace.testkit.memory.MemoryDatabase;
import dev.millrace.testkit.memory.MemoryStateStorage;
import dev.millrace.testkit.memory.MemoryWarehouse;
import dev.millrace.testkit.memory.Unchallenged;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JobFailureTest {
    private final Changelog changelog = Changelog.generate(new Random(11), 60);
    private final MemoryDatabase database = new MemoryDatabase(changelog, 5, position -> {});
    private final AtomicInteger troubles = new AtomicInteger();
    private final StateStorage storage = new MemoryStateStorage(JobFailureTest::noTrouble);
    private UnaryOperator<TableId> route = table -> table;
    private String fingerprint = "memory to memory";

    @TempDir
    Path folder;

    @Test
    void startsAgainAfterAFailureThatARestartMends() throws Exception {
        MemoryWarehouse warehouse = troubled(3, "commit", () -> failure(ErrorCode.Remedy.RESTART));
        EmbeddedJob job = job(warehouse, 10);

        assertThat(job.run()).isEqualTo(JobOutcome.FINISHED);

        assertThat(warehouse.visible().getLast().state()).isEqualTo(changelog.stateAt(changelog.head()));
        assertThat(job.status().restarts()).isEqualTo(3);
        assertThat(job.status().lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("TEST-1"));
        assertThat(job.status().phase()).isEqualTo(JobStatus.Phase.FINISHED);
    }

    @Test
    void goesOnRightWhenTheOutcomeOfACommitIsUnknown() throws Exception {
        MemoryWarehouse warehouse = troubled(
                2,
                "publish",
                () -> new CommitOutcomeUnknownException(
                        new TestCode(ErrorCode.Remedy.RESTART), "no answer", "wait", new IllegalStateException("cut")));

        assertThat(job(warehouse, 10).run()).isEqualTo(JobOutcome.FINISHED);

        assertThat(warehouse.visible().getLast().state()).isEqualTo(changelog.stateAt(changelog.head()));
    }

    @Test
    void stopsAtAFailureThatNeedsAPersonAndGoesOnLater() throws Exception {
        MemoryWarehouse warehouse = troubled(1, "commit", () -> failure(ErrorCode.Remedy.STOP));
        EmbeddedJob job = job(warehouse, 10);

        assertThatThrownBy(job::run).hasMessage("trouble");
        assertThat(job.status().phase()).isEqualTo(JobStatus.Phase.FAILED);

        assertThat(job(warehouse, 10).run()).isEqualTo(JobOutcome.FINISHED);
        assertThat(warehouse.visible().getLast().state()).isEqualTo(changelog.stateAt(changelog.head()));
    }

    @Test
    void takesAnythingElseForADefect() {
        MemoryWarehouse warehouse = troubled(1, "stage", () -> new IndexOutOfBoundsException("17"));

        assertFails(warehouse, RuntimeCode.INTERNAL);
    }

    @Test
    void givesUpAfterTooManyRestarts() {
        MemoryWarehouse warehouse = troubled(Integer.MAX_VALUE, "commit", () -> failure(ErrorCode.Remedy.RESTART));
        EmbeddedJob job = job(warehouse, 3);

        assertThatThrownBy(job::run).hasMessage("trouble");

        assertThat(job.status().restarts()).isEqualTo(3);
    }

    @Test
    void refusesTheStateOfAnotherPipeline() throws Exception {
        MemoryWarehouse warehouse = new MemoryWarehouse(JobFailureTest::noTrouble);
        job(warehouse, 10).run();
        fingerprint = "memory to somewhere else";

        assertFails(warehouse, RuntimeCode.STATE_OF_OTHER);
    }

    @Test
    void refusesASinkThatWasEmptied() throws Exception {
        job(new MemoryWarehouse(JobFailureTest::noTrouble), 10).run();

        assertFails(new MemoryWarehouse(JobFailureTest::noTrouble), RuntimeCode.SINK_BEHIND);
    }

    @Test
    void refusesAStateThatIsOlderThanTheSink() throws Exception {
        MemoryWarehouse warehouse = new MemoryWarehouse(JobFailureTest::noTrouble);
        job(warehouse, 10).run();
        storage.delete(storage.list().stream()
                .filter(name -> name.startsWith("checkpoint"))
                .max(String::compareTo)
                .orElseThrow());

        assertFails(warehouse, RuntimeCode.SINK_AHEAD);
    }

    @Test
    void refusesARouteThatLeavesBehindWhatATableHas() throws Exception {
        MemoryWarehouse warehouse = new MemoryWarehouse(JobFailureTest::noTrouble);
        job(warehouse, 10).run();
        route = table -> table.equals(Changelog.NOTES) ? new TableId("lake", "", "notes") : table;

        assertFails(warehouse, RuntimeCode.STATE_OF_OTHER);
        assertThatThrownBy(() -> job(warehouse, 10).run())
                .hasMessageContaining("bank.public.notes went into bank.public.notes and would go into lake.notes now")
                .hasMessageNotContaining("accounts");
        assertThat(warehouse.visible().getLast().state()).isEqualTo(changelog.stateAt(changelog.head()));
    }

    @Test
    void refusesToEmptyATableThatHoldsRowsOfOthers() {
        route = table -> table.equals(Changelog.NOTES) ? Changelog.JOURNAL : table;

        assertFails(new MemoryWarehouse(JobFailureTest::noTrouble), RuntimeCode.TRUNCATE_OF_SHARED);
    }

    @Test
    void namesTablesAsTheyAreRouted() throws Exception {
        route = table -> new TableId("lake", "", table.name());
        MemoryWarehouse warehouse = new MemoryWarehouse(JobFailureTest::noTrouble);
        EmbeddedJob job = job(warehouse, 10);

        job.run();

        assertThat(warehouse.visible().getLast().state()).isEqualTo(changelog.stateAt(changelog.head()));
        assertThat(job.status().tables())
                .allMatch(table -> table.table().database().equals("lake"));
        assertThat(job.status().tables()).allMatch(table -> table.rowsRead() == table.rowsCommitted());
    }

    private void assertFails(MemoryWarehouse warehouse, RuntimeCode code) {
        assertThatThrownBy(() -> job(warehouse, 10).run())
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    /** Throws so many times when a change of this kind is about to be made. */
    private MemoryWarehouse troubled(int times, String kind, Supplier<RuntimeException> trouble) {
        return new MemoryWarehouse(change -> {
            if (change.startsWith(kind) && troubles.getAndIncrement() < times) {
                throw trouble.get();
            }
        });
    }

    private EmbeddedJob job(MemoryWarehouse warehouse, int attempts) {
        JobSettings settings = new JobSettings(
                2,
                new CheckpointSettings(Duration.ofMillis(5), 1L << 20, 3),
                MemorySettings.DEFAULT,
                new RestartSettings(attempts, Duration.ofMinutes(10), Duration.ofMillis(1), Duration.ofMillis(5)),
                Duration.ofSeconds(10));
        JobSpec spec = new JobSpec(
                "bank",
                fingerprint,
                ReadMode.UNTIL_CAUGHT_UP,
                new JobSpec.Ends(database::source, warehouse::sink, route),
                new JobSpec.State(storage, new Unchallenged()),
                folder.resolve("spill"),
                settings);
        return new EmbeddedJob(spec, JobEnvironment.system(), status -> {});
    }

    private static void noTrouble(String change) {
        // all is well
    }

    private static MillraceException failure(ErrorCode.Remedy remedy) {
        return new MillraceException(new TestCode(remedy), "trouble", "wait");
    }

    private record TestCode(CatalogueEntry entry) implements ErrorCode {
        TestCode(Remedy remedy) {
            this(new CatalogueEntry("TEST-1", Owner.SINK, remedy));
        }
    }
}
