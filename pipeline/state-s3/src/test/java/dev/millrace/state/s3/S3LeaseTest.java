package dev.millrace.state.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.servers.s3.MiniS3;
import dev.millrace.servers.s3.S3Fault;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class S3LeaseTest {
    private static final OwnProcess HERE = OwnProcess.current();
    private static final OwnProcess ELSEWHERE = new OwnProcess("elsewhere", 7, 1);

    private final MiniS3 server = MiniS3.started();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource clock = () -> now;

    @BeforeEach
    void makeTheBucket() {
        S3Options.read(S3StateStorageTest.options(server))
                .access()
                .connect()
                .createBucket(request -> request.bucket("states"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void hasOneOwner() {
        acquire(ELSEWHERE, "first");
        assertThatThrownBy(() -> acquire(HERE, "second")).hasMessageContaining("in use by first");
    }

    @Test
    void saysWhoHoldsItAndLeavesItAlone() {
        assertThat(owner()).isEmpty();
        S3Lease first = acquire(ELSEWHERE, "first");
        assertThat(owner()).contains("first");
        now = now.plus(Duration.ofSeconds(40));
        assertThat(owner()).isEmpty();
        first.renew();
        assertThat(owner()).contains("first");
    }

    @Test
    void isFreeAgainWhenItWasGivenUp() {
        acquire(ELSEWHERE, "first").close();
        acquire(HERE, "second").renew();
    }

    @Test
    void lapsesUnlessItIsRenewed() {
        S3Lease first = acquire(ELSEWHERE, "first");
        now = now.plus(Duration.ofSeconds(20));
        first.renew();
        now = now.plus(Duration.ofSeconds(20));
        assertThatThrownBy(() -> acquire(HERE, "second")).hasMessageContaining("first");
        now = now.plus(Duration.ofSeconds(20));
        acquire(HERE, "second");
        assertThatThrownBy(first::renew).hasMessageContaining("taken over by second");
    }

    @Test
    void isTakenOverAtOnceFromADeadProcessOfThisHost() {
        acquire(new OwnProcess(HERE.host(), HERE.pid(), HERE.startedMillis() - 1), "crashed");
        acquire(HERE, "again");
    }

    @Test
    void isNotTakenFromThisVeryProcess() {
        acquire(HERE, "first");
        assertThatThrownBy(() -> acquire(HERE, "second")).hasMessageContaining("first");
    }

    @Test
    void survivesAStoreThatIsAwayForLessThanTheTerm() {
        S3Lease lease = acquire(HERE, "first");
        server.faults((method, path) -> Optional.of(new S3Fault.Status(500, "InternalError")));
        now = now.plus(Duration.ofSeconds(15));
        lease.renew();
        now = now.plus(S3Lease.TERM);
        assertThatThrownBy(lease::renew).hasMessageContaining("could not write");
        server.heal();
        lease.renew();
    }

    @Test
    void countsARenewalWhoseAnswerWasLost() {
        S3Lease lease = acquire(HERE, "first");
        server.faults(
                (method, path) -> method.equals("PUT") ? Optional.of(new S3Fault.LoseAnswer()) : Optional.empty());
        now = now.plus(Duration.ofSeconds(15));
        lease.renew();
        server.heal();
        now = now.plus(Duration.ofSeconds(15));
        lease.renew();
    }

    private S3Lease acquire(OwnProcess process, String owner) {
        return S3Lease.acquire(objects(), clock, process, owner);
    }

    private Optional<String> owner() {
        return S3Lease.owner(objects(), clock, HERE);
    }

    private StateObjects objects() {
        return new StateObjects(
                S3Options.read(S3StateStorageTest.options(server)).access().connect(),
                S3Location.of(URI.create("s3://states/shop")));
    }
}
