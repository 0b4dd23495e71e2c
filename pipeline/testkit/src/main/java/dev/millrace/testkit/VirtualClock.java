package dev.millrace.testkit;

import dev.millrace.runtime.JobClock;
import java.time.Duration;
import java.time.Instant;

/** A clock that moves only when it is told to. Confined to one thread. */
public final class VirtualClock implements JobClock {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private long nanos;

    public void advance(Duration by) {
        nanos += by.toNanos();
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nanos);
    }

    @Override
    public long nanoTime() {
        return nanos;
    }
}
