package dev.millrace.runtime;

import java.time.Duration;

/**
 * The engine's own settings.
 *
 * @param parallelism how many readers and how many writers
 * @param stopTimeout how long a stop may take to finish a checkpoint before the job ends without one
 */
public record JobSettings(
        int parallelism,
        CheckpointSettings checkpoints,
        MemorySettings memory,
        RestartSettings restarts,
        Duration stopTimeout) {
    public static final JobSettings DEFAULT = new JobSettings(
            2, CheckpointSettings.DEFAULT, MemorySettings.DEFAULT, RestartSettings.DEFAULT, Duration.ofSeconds(18));

    public JobSettings {
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism is " + parallelism);
        }
    }
}
