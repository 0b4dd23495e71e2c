package dev.millrace.runtime.task;

import dev.millrace.model.Watermark;
import java.util.Arrays;

/**
 * The event time behind which no reader will come back: the minimum over the readers that have spoken lately. It never goes
 * back, and is {@link Watermark#NONE} until the first reader speaks.
 */
final class WatermarkCoalescer {
    /** A reader that has not spoken for this long no longer holds the others back. */
    private static final long IDLE_NANOS = 60_000_000_000L;

    private final long[] micros;
    private final long[] spokenAt;
    private long current = Watermark.NONE;

    WatermarkCoalescer(int readers) {
        micros = new long[readers];
        spokenAt = new long[readers];
        Arrays.fill(micros, Watermark.NONE);
    }

    void observe(int reader, long watermark, long now) {
        micros[reader] = Math.max(micros[reader], watermark);
        spokenAt[reader] = now;
    }

    long current(long now) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < micros.length; i++) {
            if (micros[i] != Watermark.NONE && now - spokenAt[i] <= IDLE_NANOS) {
                least = Math.min(least, micros[i]);
            }
        }
        if (least != Long.MAX_VALUE) {
            current = Math.max(current, least);
        }
        return current;
    }
}
