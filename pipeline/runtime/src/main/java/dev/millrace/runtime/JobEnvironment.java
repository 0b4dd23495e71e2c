package dev.millrace.runtime;

import java.util.random.RandomGenerator;

/**
 * What a job takes from the world around it.
 *
 * @param random for jitter and new identities
 */
public record JobEnvironment(JobClock clock, RandomGenerator random) {
    public static JobEnvironment system() {
        return new JobEnvironment(JobClock.SYSTEM, new java.security.SecureRandom());
    }
}
