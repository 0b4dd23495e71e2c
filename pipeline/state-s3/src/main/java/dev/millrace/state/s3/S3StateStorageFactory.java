package dev.millrace.state.s3;

import dev.millrace.config.ConfigSection;
import dev.millrace.spi.state.Ownership;
import dev.millrace.spi.state.StateStorage;
import dev.millrace.spi.state.StateStorageFactory;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** {@code pipeline: state: s3://bucket/folder}, with {@code pipeline.state.endpoint} and so on. */
public final class S3StateStorageFactory implements StateStorageFactory {
    private final InstantSource clock;

    /** For the service loader. */
    public S3StateStorageFactory() {
        this(InstantSource.system());
    }

    S3StateStorageFactory(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String scheme() {
        return "s3";
    }

    @Override
    public StateStorage open(URI location, ConfigSection options) {
        return new S3StateStorage(connect(location, options));
    }

    @Override
    public Ownership acquire(URI location, ConfigSection options, String owner) {
        return S3Lease.acquire(connect(location, options), clock, OwnProcess.current(), owner);
    }

    @Override
    public Optional<String> owner(URI location, ConfigSection options) {
        try (StateObjects objects = connect(location, options)) {
            return S3Lease.owner(objects, clock, OwnProcess.current());
        }
    }

    private static StateObjects connect(URI location, ConfigSection options) {
        S3Location at = S3Location.of(location);
        return new StateObjects(S3Options.read(options).access().connect(), at);
    }
}
