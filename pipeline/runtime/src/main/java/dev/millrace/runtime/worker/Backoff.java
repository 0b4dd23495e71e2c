package dev.millrace.runtime.worker;

import dev.millrace.runtime.JobClock;
import dev.millrace.runtime.RestartSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Decides whether and when a failed job starts again. */
final class Backoff {
    private final RestartSettings settings;
    private final JobClock clock;
    private final RandomGenerator random;
    private final Deque<Long> restarts = new ArrayDeque<>();
    private int sinceProgress;

    Backoff(RestartSettings settings, JobClock clock, RandomGenerator random) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /** How long to wait before the next attempt: up to a half more than the doubled pause; empty where there were too many. */
    Optional<Duration> next(boolean madeProgress) {
        long now = clock.nanoTime();
        while (!restarts.isEmpty()
                && now - restarts.getFirst() > settings.window().toNanos()) {
            restarts.removeFirst();
        }
        if (restarts.size() >= settings.attempts()) {
            return Optional.empty();
        }
        restarts.addLast(now);
        sinceProgress = madeProgress ? 1 : sinceProgress + 1;
        double doubled = (double) settings.firstPause().toNanos() * Math.pow(2, sinceProgress - 1.0);
        double pause = Math.min(doubled, (double) settings.longestPause().toNanos());
        return Optional.of(Duration.ofNanos((long) (pause * (1 + random.nextDouble() / 2))));
    }
}
