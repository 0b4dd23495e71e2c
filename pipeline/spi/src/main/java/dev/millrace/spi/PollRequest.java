package dev.millrace.spi;

/**
 * What a call of {@link SplitReader#poll} is for.
 *
 * @param maxWaitNanos how long it may wait for the first data; 0 for not at all
 */
public record PollRequest(Purpose purpose, long maxWaitNanos) {
    public enum Purpose {
        READ,
        /** Read on to the next place between two transactions (or chunks) and stop right there; where the reader stands at one already, emit nothing. */
        REACH_BOUNDARY,
        /** The sink is slow: emit nothing, only keep the connection alive. */
        KEEP_ALIVE
    }

    public static PollRequest read(long maxWaitNanos) {
        return new PollRequest(Purpose.READ, maxWaitNanos);
    }
}
