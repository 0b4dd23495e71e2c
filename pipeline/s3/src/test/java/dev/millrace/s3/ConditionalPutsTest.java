package dev.millrace.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.config.Secret;
import dev.millrace.servers.s3.MiniS3;
import dev.millrace.servers.s3.S3Fault;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class ConditionalPutsTest {
    private static final byte[] MINE = {1};
    private static final byte[] THEIRS = {2};

    private final MiniS3 store = MiniS3.started();
    private final S3Access access = new S3Access(
            Optional.of(store.endpoint()),
            Optional.empty(),
            Optional.of(new S3Access.Keys("any", new Secret("hidden"))),
            true);
    private final S3Client client = access.connect();
    private final ConditionalPuts puts = new ConditionalPuts(client, "bucket");

    @BeforeEach
    void makeBucket() {
        client.createBucket(request -> request.bucket("bucket"));
    }

    @AfterEach
    void close() {
        client.close();
        store.close();
    }

    @Test
    void createsOnlyWhereNothingStands() {
        assertThat(puts.create("key", THEIRS)).isPresent();
        assertThat(puts.create("key", MINE)).isEmpty();
    }

    @Test
    void replacesOnlyWhatItsCallerHasSeen() {
        String first = puts.create("key", THEIRS).orElseThrow();
        String second = puts.replace("key", MINE, first).orElseThrow();
        assertThat(puts.replace("key", THEIRS, first)).isEmpty();
        assertThat(puts.replace("key", THEIRS, second)).isPresent();
    }

    @Test
    void takesAPutWhoseAnswerWasLostForDone() {
        AtomicInteger lost = new AtomicInteger();
        store.faults((method, path) -> Optional.<S3Fault>of(new S3Fault.LoseAnswer())
                .filter(fault -> method.equals("PUT") && lost.getAndIncrement() == 0));
        assertThat(puts.create("key", MINE)).isPresent();
        assertThat(lost.get()).isGreaterThan(1);
    }

    @Test
    void hidesTheSecret() {
        assertThat(access.toString()).doesNotContain("hidden");
    }
}
