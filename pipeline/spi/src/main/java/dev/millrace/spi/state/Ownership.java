package dev.millrace.spi.state;

/** The right to write at a location. Lost with the process, at once (a file lock) or after a time (a lease). Used by several threads. */
public interface Ownership extends AutoCloseable {
    /**
     * Keeps it; called every few seconds and before each checkpoint is written.
     *
     * @throws dev.millrace.error.MillraceException where another has taken over: nothing may be written any more
     */
    void renew();

    /** Gives it up. */
    @Override
    void close();
}
