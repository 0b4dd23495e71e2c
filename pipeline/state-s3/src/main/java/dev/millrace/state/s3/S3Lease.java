package dev.millrace.state.s3;

import dev.millrace.error.MillraceException;
import dev.millrace.spi.state.Ownership;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Ownership by an object that lapses unless it is renewed. Two owners can't both hold it, because it is only ever replaced
 * where it still is what its replacer saw. An owner that was held up for longer than the lease notices before it writes,
 * and if it does not, the names of its checkpoints are taken: they are only ever created, never replaced.
 */
final class S3Lease implements Ownership {
    static final String NAME = "owner";
    static final Duration TERM = Duration.ofSeconds(30);

    private final StateObjects objects;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Lease lease;
    private String etag;

    private S3Lease(StateObjects objects, InstantSource clock, Lease lease, String etag) {
        this.objects = objects;
        this.clock = clock;
        this.lease = lease;
        this.etag = etag;
    }

    static S3Lease acquire(StateObjects objects, InstantSource clock, OwnProcess self, String owner) {
        Lease wanted = new Lease(
                UUID.randomUUID().toString(), clock.instant().plus(TERM).toEpochMilli(), self, owner);
        Optional<StateObjects.Stored> present = objects.get(NAME);
        Optional<Lease> held = present.flatMap(stored -> Lease.decode(stored.content()));
        if (held.isPresent() && isHeld(held.get(), clock.instant(), self)) {
            throw ownedBy(objects, held.get());
        }
        Optional<String> etag = present.isEmpty()
                ? objects.putNew(NAME, wanted.encode())
                : objects.replace(NAME, wanted.encode(), present.get().etag());
        return new S3Lease(objects, clock, wanted, etag.orElseThrow(() -> ownedBy(objects, winner(objects, wanted))));
    }

    /** Who holds the lease; empty where nobody does. */
    static Optional<String> owner(StateObjects objects, InstantSource clock, OwnProcess self) {
        return objects.get(NAME)
                .flatMap(stored -> Lease.decode(stored.content()))
                .filter(held -> isHeld(held, clock.instant(), self))
                .map(Lease::owner);
    }

    private static Lease winner(StateObjects objects, Lease wanted) {
        return objects.get(NAME)
                .flatMap(stored -> Lease.decode(stored.content()))
                .orElse(wanted);
    }

    /** A lease that has not lapsed is held, unless its process is known to be gone. */
    private static boolean isHeld(Lease held, Instant now, OwnProcess self) {
        return held.expiresMillis() > now.toEpochMilli() && !held.process().isGoneAsSeenFrom(self);
    }

    private static MillraceException ownedBy(StateObjects objects, Lease held) {
        return new MillraceException(
                S3StateCode.OWNED_BY_ANOTHER,
                "The pipeline's state at " + objects.location() + " is in use by " + held.owner() + ".",
                "Stop that run first. If it is gone, its claim lapses at " + Instant.ofEpochMilli(held.expiresMillis())
                        + ".");
    }

    /** Writes only when a third of the term has passed, so that it may be called as often as one likes. */
    @Override
    public void renew() {
        lock.lock();
        try {
            renewIfDue();
        } finally {
            lock.unlock();
        }
    }

    private void renewIfDue() {
        Instant now = clock.instant();
        Duration left = Duration.between(now, Instant.ofEpochMilli(lease.expiresMillis()));
        if (left.compareTo(TERM.multipliedBy(2).dividedBy(3)) > 0) {
            return;
        }
        Lease renewed = lease.until(now.plus(TERM).toEpochMilli());
        try {
            etag = objects.replace(NAME, renewed.encode(), etag)
                    .or(() -> replaceOwn(renewed))
                    .orElseThrow(this::lost);
            lease = renewed;
        } catch (MillraceException e) {
            boolean mayTryLater = e.code() == S3StateCode.UNREACHABLE && left.isPositive();
            if (!mayTryLater) {
                throw e;
            }
        }
    }

    /** A renewal whose answer never came has left another etag than the one we know; the token tells that it is ours. */
    private Optional<String> replaceOwn(Lease renewed) {
        return objects.get(NAME)
                .filter(stored -> Lease.decode(stored.content())
                        .filter(held -> held.token().equals(renewed.token()))
                        .isPresent())
                .flatMap(stored -> objects.replace(NAME, renewed.encode(), stored.etag()));
    }

    private MillraceException lost() {
        return new MillraceException(
                S3StateCode.OWNERSHIP_LOST,
                "The pipeline's state at " + objects.location() + " was taken over by "
                        + winner(objects, lease).owner() + " while this run was held up.",
                "Nothing was written by this run since. Let the other run go on, or stop it and start this one again.");
    }

    @Override
    public void close() {
        Lease lapsed = lease.until(0);
        try (objects) {
            objects.replace(NAME, lapsed.encode(), etag);
        }
    }
}
