package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.simulation.Scenario;
import dev.millrace.testkit.simulation.Simulation;
import dev.millrace.testkit.simulation.Wiring;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Larger with {@code -Dmillrace.simulation.seeds=100}. */
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("millrace.simulation.seeds", 1);
    private static final int MANY_CRASHES = 12;

    @TempDir
    Path spill;

    @Test
    void keepsEveryPromiseThroughACrashAnywhere() {
        int runs = 0;
        for (Scenario scenario : scenarios()) {
            runs += crashEverywhere(new Simulation(scenario, () -> Wiring.SOUND, spill));
        }
        assertThat(runs).isGreaterThan(5_000 * SEEDS);
    }

    @Test
    void keepsEveryPromiseThroughCrashAfterCrash() {
        Random random = new Random(1);
        for (Scenario scenario : scenarios()) {
            Simulation simulation = new Simulation(scenario, () -> Wiring.SOUND, spill);
            int places = simulation.run(List.of());
            for (int i = 0; i < 8; i++) {
                List<Integer> crashes = new ArrayList<>();
                int place = 0;
                for (int crash = 0; crash < MANY_CRASHES; crash++) {
                    place += 1 + random.nextInt(places / 4);
                    crashes.add(place);
                }
                simulation.run(crashes);
            }
        }
    }

    @Test
    void keepsEveryPromiseThroughStopsAndCrashes() {
        Random random = new Random(2);
        for (Scenario scenario : scenarios()) {
            Simulation simulation = new Simulation(scenario, () -> Wiring.SOUND, spill);
            int places = simulation.run(List.of());
            for (int i = 0; i < 10; i++) {
                List<Integer> stops = random.ints(3, 0, places).sorted().boxed().toList();
                simulation.run(List.of(random.nextInt(places)), stops);
            }
        }
    }

    /** A simulation that can't fail proves nothing. */
    @ParameterizedTest
    @EnumSource
    void noticesAPlantedFault(PlantedFault fault) {
        Scenario scenario = new Scenario(1, 2, Duration.ofMillis(40), 30);
        Simulation simulation = new Simulation(scenario, fault::wiring, spill);

        assertThatThrownBy(() -> crashEverywhere(simulation))
                .isInstanceOf(AssertionError.class)
                .hasStackTraceContaining(fault.symptom());
    }

    private static int crashEverywhere(Simulation simulation) {
        int places = simulation.run(List.of());
        for (int place = 0; place < places; place++) {
            simulation.run(List.of(place));
        }
        return places;
    }

    static List<Scenario> scenarios() {
        return IntStream.range(0, SEEDS)
                .boxed()
                .flatMap(seed -> IntStream.rangeClosed(1, 3)
                        .boxed()
                        .flatMap(parallelism -> IntStream.of(1, 40, 400)
                                .mapToObj(millis -> new Scenario(seed, parallelism, Duration.ofMillis(millis), 30))))
                .toList();
    }
}
