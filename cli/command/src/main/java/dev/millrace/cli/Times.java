package dev.millrace.cli;

import dev.millrace.model.Watermark;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Microseconds since the epoch as instants. */
final class Times {
    private static final long MICROS_PER_SECOND = 1_000_000;

    private Times() {}

    /** Empty where nothing can be said. */
    static Optional<Instant> instant(long micros) {
        if (micros == Watermark.NONE) {
            return Optional.empty();
        }
        long seconds = Math.floorDiv(micros, MICROS_PER_SECOND);
        return Optional.of(Instant.ofEpochSecond(seconds, Math.floorMod(micros, MICROS_PER_SECOND) * 1000));
    }

    static String toMillis(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
