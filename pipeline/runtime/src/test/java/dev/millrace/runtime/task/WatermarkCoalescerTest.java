package dev.millrace.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.model.Watermark;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatermarkCoalescerTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private final WatermarkCoalescer coalescer = new WatermarkCoalescer(3);

    @Test
    void promisesNothingBeforeAReaderHasSpoken() {
        assertThat(coalescer.current(0)).isEqualTo(Watermark.NONE);
    }

    @Test
    void takesTheLeastOfThoseThatHaveSpoken() {
        coalescer.observe(0, 100, 0);
        coalescer.observe(2, 50, 0);

        assertThat(coalescer.current(SECOND)).isEqualTo(50);
    }

    @Test
    void leavesOutWhoHasBeenSilentForAMinute() {
        coalescer.observe(0, 50, 0);
        coalescer.observe(1, 100, 40 * SECOND);
        assertThat(coalescer.current(60 * SECOND)).isEqualTo(50);

        assertThat(coalescer.current(61 * SECOND)).isEqualTo(100);
    }

    @Test
    void neverGoesBack() {
        coalescer.observe(0, 50, 0);
        coalescer.observe(1, 100, 60 * SECOND);
        assertThat(coalescer.current(61 * SECOND)).isEqualTo(100);
        coalescer.observe(0, 70, 61 * SECOND);

        assertThat(coalescer.current(61 * SECOND)).isEqualTo(100);
    }
}
