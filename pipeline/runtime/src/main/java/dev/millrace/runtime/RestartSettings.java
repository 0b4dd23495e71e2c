package dev.millrace.runtime;

import java.time.Duration;

/**
 * How often and how soon a job starts again after a failure that a restart may mend.
 *
 * @param attempts     the most restarts within the window; one more ends the job
 * @param firstPause   before the first restart; each further one without a checkpoint in between waits twice as long
 * @param longestPause where the doubling ends
 */
public record RestartSettings(int attempts, Duration window, Duration firstPause, Duration longestPause) {
    public static final RestartSettings DEFAULT =
            new RestartSettings(10, Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofMinutes(1));
}
