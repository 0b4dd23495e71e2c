package dev.millrace.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.runtime.JobClock;
import dev.millrace.runtime.RestartSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final RestartSettings SETTINGS =
            new RestartSettings(4, Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(3));
    private final StoppedClock clock = new StoppedClock();
    private final Backoff backoff = new Backoff(SETTINGS, clock, new Random(1));

    @Test
    void waitsTwiceAsLongEachTimeUpToTheLongestPause() {
        assertThat(backoff.next(false).orElseThrow()).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1500));
        assertThat(backoff.next(false).orElseThrow()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
        assertThat(backoff.next(false).orElseThrow()).isBetween(Duration.ofSeconds(3), Duration.ofMillis(4500));
        assertThat(backoff.next(false).orElseThrow()).isBetween(Duration.ofSeconds(3), Duration.ofMillis(4500));
    }

    @Test
    void beginsAnewAfterACheckpoint() {
        backoff.next(false);
        backoff.next(false);

        assertThat(backoff.next(true).orElseThrow()).isLessThanOrEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void givesUpAfterTooManyRestartsInTheWindowWhateverProgressWasMade() {
        for (int i = 0; i < 4; i++) {
            assertThat(backoff.next(true)).isPresent();
        }

        assertThat(backoff.next(true)).isEmpty();
    }

    @Test
    void forgetsRestartsThatLieBehindTheWindow() {
        for (int i = 0; i < 4; i++) {
            backoff.next(true);
        }
        clock.nanos += Duration.ofMinutes(11).toNanos();

        assertThat(backoff.next(true)).isPresent();
    }

    private static final class StoppedClock implements JobClock {
        private long nanos;

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }
    }
}
