package dev.millrace.runtime;

import java.time.Duration;

/**
 * When checkpoints are taken.
 *
 * @param interval the longest time between two of them while there is something new
 * @param bytes    so many bytes of rows since the last one bring the next one forward
 * @param retained how many are kept
 */
public record CheckpointSettings(Duration interval, long bytes, int retained) {
    public static final CheckpointSettings DEFAULT = new CheckpointSettings(Duration.ofSeconds(10), 1L << 30, 3);

    public CheckpointSettings {
        if (interval.isNegative() || interval.isZero() || bytes < 1 || retained < 1) {
            throw new IllegalArgumentException("checkpoint settings must be positive: " + interval + ", " + bytes
                    + " bytes, " + retained + " retained");
        }
    }
}
