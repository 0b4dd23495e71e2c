package dev.millrace.model;

/**
 * No change with a commit time before this one will follow.
 *
 * @param micros microseconds since 1970-01-01T00:00:00Z; {@link #NONE} while nothing can be promised
 */
public record Watermark(long micros) implements StreamElement {
    /** Minus infinity: what holds until the initial snapshot is complete. */
    public static final long NONE = Long.MIN_VALUE;
}
