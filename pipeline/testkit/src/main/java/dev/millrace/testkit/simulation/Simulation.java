package dev.millrace.testkit.simulation;

import dev.millrace.runtime.JobEnvironment;
import dev.millrace.runtime.JobOutcome;
import dev.millrace.runtime.task.JobRun;
import dev.millrace.runtime.task.RunControl;
import dev.millrace.runtime.task.StatusBoard;
import dev.millrace.runtime.task.Task;
import dev.millrace.testkit.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Runs a scenario to its end, through all crashes of a plan, and checks what the world has seen of it. */
public final class Simulation {
    private static final Duration STEP = Duration.ofMillis(1);
    private static final Duration NAP = Duration.ofMillis(20);
    private static final int TOO_MANY_STEPS = 200_000;

    private final Scenario scenario;
    private final Supplier<Wiring> wirings;
    private final Path spillFolder;

    /** @param wirings gives each run its own */
    public Simulation(Scenario scenario, Supplier<Wiring> wirings, Path spillFolder) {
        this.scenario = scenario;
        this.wirings = wirings;
        this.spillFolder = spillFolder;
    }

    /**
     * Runs the scenario once, in an order of steps that depends on its seed and the crashes.
     *
     * @return how many places there were at which it could have crashed; about as many in another order
     * @throws AssertionError where a promise was broken; names the scenario and the place
     */
    public int run(List<Integer> crashes) {
        return run(crashes, List.of());
    }

    /** The same, with stops on request at further places; each time the job is started again. */
    public int run(List<Integer> crashes, List<Integer> stops) {
        CrashPlan plan = new CrashPlan(crashes, stops);
        SimulatedWorld world = new SimulatedWorld(scenario, wirings.get(), plan);
        try {
            runThroughCrashes(world, plan, new Random(31 * scenario.seed() + crashes.hashCode()));
            world.checkAtTheEnd();
        } catch (RuntimeException | AssertionError broken) {
            throw new AssertionError(
                    scenario + ", crashes at " + crashes + ", stops at " + stops + ", noticed at " + plan + ": "
                            + broken,
                    broken);
        }
        return plan.passed();
    }

    private void runThroughCrashes(SimulatedWorld world, CrashPlan plan, Random random) {
        VirtualClock clock = new VirtualClock();
        while (true) {
            try {
                JobRun run = JobRun.start(
                        world.spec(spillFolder), new JobEnvironment(clock, random), new StatusBoard(), status -> {});
                if (stepToTheEnd(run, plan, clock, random) == JobOutcome.FINISHED) {
                    return;
                }
            } catch (SimulatedCrash crash) {
                world.crashed();
            }
        }
    }

    private static JobOutcome stepToTheEnd(JobRun run, CrashPlan plan, VirtualClock clock, Random random) {
        List<Task> tasks = run.tasks();
        int idle = 0;
        for (int steps = 0; run.control().ended().isEmpty(); steps++) {
            if (steps == TOO_MANY_STEPS) {
                throw new AssertionError("still running after " + steps + " steps");
            }
            if (plan.stopNow()) {
                run.control().requestStop();
            }
            Task task = tasks.get(random.nextInt(tasks.size()));
            boolean worked = task.step() == Task.Progress.WORKED;
            clock.advance(STEP);
            idle = worked ? 0 : idle + 1;
            if (worked) {
                plan.pass("a step of " + task.name());
            } else if (idle > 3 * tasks.size()) {
                clock.advance(NAP);
            }
        }
        return switch (run.control().ended().orElseThrow()) {
            case RunControl.End.Of ended -> ended.outcome();
            case RunControl.End.Failed failed -> throw new AssertionError("failed", failed.failure());
        };
    }
}
