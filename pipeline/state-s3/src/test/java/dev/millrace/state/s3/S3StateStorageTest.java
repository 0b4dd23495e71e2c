package dev.millrace.state.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.config.ConfigSection;
import dev.millrace.config.ConfigValue;
import dev.millrace.config.Place;
import dev.millrace.error.ErrorCode.Remedy;
import dev.millrace.error.MillraceException;
import dev.millrace.servers.s3.MiniS3;
import dev.millrace.servers.s3.S3Fault;
import dev.millrace.spi.state.StateStorage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class S3StateStorageTest {
    private static final byte[] CONTENT = "checkpoint".getBytes(StandardCharsets.UTF_8);
    private final MiniS3 server = MiniS3.started();
    private StateStorage storage = open("s3://states/shop");

    @BeforeEach
    void makeTheBucket() {
        S3Options.read(options()).access().connect().createBucket(request -> request.bucket("states"));
    }

    @AfterEach
    void stop() {
        storage.close();
        server.close();
    }

    @Test
    void givesBackWhatWasCreated() {
        assertThat(storage.read("1")).isEmpty();
        assertThat(storage.create("1", CONTENT)).isTrue();
        assertThat(storage.read("1")).hasValue(CONTENT);
        assertThat(storage.list()).containsExactly("1");
        storage.delete("1");
        storage.delete("1");
        assertThat(storage.list()).isEmpty();
    }

    @Test
    void neverReplaces() {
        storage.create("1", CONTENT);
        assertThat(storage.create("1", new byte[] {1})).isFalse();
        assertThat(storage.read("1")).hasValue(CONTENT);
    }

    @Test
    void knowsItsOwnBlobAgainWhenTheAnswerWasLost() {
        AtomicBoolean lost = new AtomicBoolean();
        server.faults((method, path) -> method.equals("PUT") && lost.compareAndSet(false, true)
                ? Optional.of(new S3Fault.LoseAnswer())
                : Optional.empty());
        assertThat(storage.create("1", CONTENT)).isTrue();
        assertThat(lost).isTrue();
    }

    @Test
    void keepsPrefixesApart() {
        storage.create("1", CONTENT);
        try (StateStorage other = open("s3://states/shop2")) {
            assertThat(other.list()).isEmpty();
        }
    }

    @Test
    void asksForARestartWhereTheStoreIsOutOfOrder() {
        server.faults((method, path) -> Optional.of(new S3Fault.Status(503, "SlowDown")));
        assertFails(Remedy.RESTART, "S3S-001");
    }

    @Test
    void stopsWhereAccessIsDenied() {
        server.faults((method, path) -> Optional.of(new S3Fault.Status(403, "AccessDenied")));
        assertFails(Remedy.STOP, "S3S-002");
    }

    @Test
    void refusesALocationWithoutABucket() {
        assertThatThrownBy(() -> open("s3:///shop"))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("names no bucket");
    }

    private void assertFails(Remedy remedy, String code) {
        assertThatThrownBy(() -> storage.create("1", CONTENT))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code().remedy()).isEqualTo(remedy);
                    assertThat(e.code().id()).isEqualTo(code);
                })
                .hasMessageContaining("s3://states/shop/")
                .hasMessageNotContaining("hidden-key");
    }

    private StateStorage open(String location) {
        return new S3StateStorageFactory().open(URI.create(location), options());
    }

    private ConfigSection options() {
        return options(server);
    }

    static ConfigSection options(MiniS3 server) {
        Place place = new Place("shop.yaml", 1, 1);
        Map<String, ConfigValue> values = new LinkedHashMap<>();
        values.put("endpoint", new ConfigValue(server.endpoint().toString(), place, false));
        values.put("access-key", new ConfigValue("me", place, false));
        values.put("secret-key", new ConfigValue("hidden-key", place, true));
        return new ConfigSection("pipeline.state", place, values);
    }
}
