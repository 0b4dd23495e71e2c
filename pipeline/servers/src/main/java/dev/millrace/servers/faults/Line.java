package dev.millrace.servers.faults;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The state of the network in one direction, shared by all connections of a proxy. */
final class Line {
    private static final long WHOLE = Long.MAX_VALUE;

    private final AtomicLong passed = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition audible = lock.newCondition();
    private boolean silent;
    private Duration latency = Duration.ZERO;
    private long bytesPerSecond = Long.MAX_VALUE;
    private long bytesUntilCut = WHOLE;

    void silence(boolean nothingPasses) {
        lock.lock();
        try {
            silent = nothingPasses;
            audible.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void delay(Duration each) {
        lock.lock();
        try {
            latency = each;
        } finally {
            lock.unlock();
        }
    }

    void limit(long rate) {
        lock.lock();
        try {
            bytesPerSecond = rate;
        } finally {
            lock.unlock();
        }
    }

    void cutAfter(long bytes) {
        lock.lock();
        try {
            bytesUntilCut = bytes;
        } finally {
            lock.unlock();
        }
    }

    void heal() {
        silence(false);
        delay(Duration.ZERO);
        limit(Long.MAX_VALUE);
        cutAfter(WHOLE);
    }

    /** Waits as long as so many bytes are under way; for ever while nothing passes. */
    void await(int bytes) throws InterruptedException {
        long nanos;
        lock.lock();
        try {
            while (silent) {
                audible.await();
            }
            nanos = latency.toNanos() + (long) (bytes * 1e9 / bytesPerSecond);
        } finally {
            lock.unlock();
        }
        TimeUnit.NANOSECONDS.sleep(nanos);
    }

    /**
     * Which part of these bytes may pass, and whether all connections are cut behind it; the line is whole again then.
     */
    Passage admit(int bytes) {
        lock.lock();
        try {
            if (bytesUntilCut > bytes) {
                bytesUntilCut -= bytesUntilCut == WHOLE ? 0 : bytes;
                return new Passage(bytes, false);
            }
            Passage last = new Passage((int) bytesUntilCut, true);
            bytesUntilCut = WHOLE;
            return last;
        } finally {
            lock.unlock();
        }
    }

    void count(int bytes) {
        passed.addAndGet(bytes);
    }

    long passed() {
        return passed.get();
    }

    record Passage(int bytes, boolean cut) {}
}
