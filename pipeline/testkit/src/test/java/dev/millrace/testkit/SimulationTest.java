package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Larger with {@code -Dmillrace.simulation.seeds=100}. */
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("millrace.simulation.seeds", 2);
    private static final int MANY_CRASHES = 12;

    @TempDir
    Path spill;

    @Test
    void keepsEveryPromiseThroughACrashAnywhere() {
        int runs = 0;
        for (Scenario scenario : scenarios()) {
            Simulation simulation = new Simulation(scenario, () -> Wiring.SOUND, spill);
            int places = simulation.run(List.of());
            for (int place = 0; place < places; place++) {
                simulation.run(List.of(place));
                runs++;
            }
        }
        assertThat(runs).isGreaterThan(1_000);
        System.out.println(runs + " crash points");
    }

    @Test
    void keepsEveryPromiseThroughCrashAfterCrash() {
        Random random = new Random(1);
        for (Scenario scenario : scenarios()) {
            Simulation simulation = new Simulation(scenario, () -> Wiring.SOUND, spill);
            int places = simulation.run(List.of());
            for (int i = 0; i < 50; i++) {
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
