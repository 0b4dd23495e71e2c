package dev.millrace.runtime;

import java.time.Instant;
import java.time.InstantSource;

/** The only clock the engine looks at: wall time for people, monotonic time for intervals. */
public interface JobClock extends InstantSource {
    /** Nanoseconds from an arbitrary origin; never goes back. */
    long nanoTime();

    JobClock SYSTEM = new JobClock() {
        @Override
        public Instant instant() {
            return InstantSource.system().instant();
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }
    };
}
