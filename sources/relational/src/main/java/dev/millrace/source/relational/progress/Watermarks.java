package dev.millrace.source.relational.progress;

import dev.millrace.model.Watermark;
import dev.millrace.spi.ChangeOutput;
import java.time.Duration;

/** The watermarks of one reading: they only grow, and come no more often than is of use. */
public final class Watermarks {
    private static final long INTERVAL_NANOS = Duration.ofMillis(100).toNanos();

    private long emittedMicros = Watermark.NONE;
    private long emittedAt;

    /** Whether enough time has passed since the last one. */
    public boolean areDue(long nanoTime) {
        return emittedMicros == Watermark.NONE || nanoTime - emittedAt >= INTERVAL_NANOS;
    }

    public boolean wouldMove(long completeMicros) {
        return completeMicros > emittedMicros;
    }

    /** All changes that committed up to this time were emitted. */
    public void emit(long completeMicros, long nanoTime, ChangeOutput output) {
        emittedMicros = completeMicros;
        emittedAt = nanoTime;
        output.emit(new Watermark(completeMicros));
    }
}
