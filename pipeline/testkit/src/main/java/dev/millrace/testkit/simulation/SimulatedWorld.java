package dev.millrace.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.runtime.CheckpointSettings;
import dev.millrace.runtime.JobSettings;
import dev.millrace.runtime.JobSpec;
import dev.millrace.runtime.MemorySettings;
import dev.millrace.runtime.RestartSettings;
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

/** What is outside of the process: the database, the sink, the state. Checks whatever the job does to them. */
final class SimulatedWorld {
    private static final int SNAPSHOT_AT = 3;
    /** So small that readers often find the channels full. */
    private static final long CHANNEL_BYTES = 2_000;

    private final Scenario scenario;
    private final Wiring wiring;
    private final Changelog changelog;
    private final MemoryDatabase database;
    private final MemoryWarehouse warehouse;
    private final StateStorage storage;

    SimulatedWorld(Scenario scenario, Wiring wiring, CrashPlan crashes) {
        this.scenario = scenario;
        this.wiring = wiring;
        this.changelog = Changelog.generate(new Random(scenario.seed()), scenario.transactions());
        this.database = new MemoryDatabase(changelog, SNAPSHOT_AT, this::checkAcknowledged);
        this.warehouse = new MemoryWarehouse(crashes::pass);
        this.storage = wiring.storage(new MemoryStateStorage(crashes::pass));
    }

    JobSpec spec(Path spillFolder) {
        JobSettings settings = new JobSettings(
                scenario.parallelism(),
                new CheckpointSettings(scenario.interval(), 1L << 30, 3),
                new MemorySettings(1, CHANNEL_BYTES, 1),
                RestartSettings.DEFAULT,
                Duration.ofSeconds(1));
        return new JobSpec(
                "bank",
                "memory to memory",
                ReadMode.UNTIL_CAUGHT_UP,
                new JobSpec.Ends(
                        context -> wiring.source(database.source(context)),
                        context -> wiring.sink(warehouse.sink(context), warehouse),
                        table -> table),
                new JobSpec.State(storage, new Unchallenged()),
                spillFolder,
                settings);
    }

    void crashed() {
        wiring.crashed();
    }

    /** The source may only forget what readers of the sink can see. */
    private void checkAcknowledged(long position) {
        long committed = warehouse.visible().isEmpty()
                ? 0
                : positionOf(warehouse.visible().getLast());
        assertThat(position).as("acknowledged").isLessThanOrEqualTo(committed);
    }

    /** Every state that could be seen was one that the source had, in the source's order, and the last is its newest. */
    void checkAtTheEnd() {
        long last = 0;
        long lastId = 0;
        for (MemoryWarehouse.Visible visible : warehouse.visible()) {
            long position = positionOf(visible);
            assertThat(position).as("position of checkpoint").isGreaterThanOrEqualTo(last);
            assertThat(visible.checkpoint().checkpointId())
                    .as("next checkpoint")
                    .isEqualTo(lastId + 1);
            if (visible.checkpoint().consistent()) {
                assertThat(visible.state()).as("state at " + position).isEqualTo(changelog.stateAt(position));
            }
            last = position;
            lastId = visible.checkpoint().checkpointId();
        }
        assertThat(warehouse.visible().getLast().checkpoint().consistent()).isTrue();
        assertThat(last).as("last position").isEqualTo(changelog.head());
    }

    private static long positionOf(MemoryWarehouse.Visible visible) {
        String position = visible.checkpoint().sourcePosition();
        return position.isEmpty() ? 0 : Long.parseLong(position.split(", ")[0]);
    }
}
