package dev.millrace.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {
    @Test
    void givesMiddleLeastAndGreatest() {
        Series series = new Series("s", List.of(cost(3), cost(1), cost(2)));

        assertThat(series.spread(Cost::rowsPerSecond)).isEqualTo(new Series.Spread(50, 100 / 3.0, 100));
    }

    @Test
    void takesTheMeanOfTheTwoInTheMiddle() {
        Series series = new Series("s", List.of(cost(1), cost(4)));

        assertThat(series.median(Cost::rowsPerSecond)).isEqualTo(62.5);
    }

    @Test
    void countsProcessorTimeAndMemoryOfAChild() throws Exception {
        Path log = Files.createTempFile("meter", ".log");
        String work = "x=0; while [ $x -lt 300000 ]; do x=$((x+1)); done; echo done; sleep 0.1";

        Meter.Run run = new Meter(ProcessHandle.current().pid()).run(List.of("sh", "-c", work), log);

        assertThat(run.client()).isBetween(Duration.ofMillis(20), run.wall());
        assertThat(run.wall()).isGreaterThan(Duration.ofMillis(100));
        assertThat(run.peakBytes()).isBetween(100_000L, 100_000_000L);
        assertThat(run.output()).containsExactly("done");
        Files.delete(log);
    }

    private static Cost cost(int seconds) {
        return new Cost(100, 1000, Duration.ofSeconds(seconds), Duration.ofSeconds(1), Duration.ZERO, 1);
    }
}
