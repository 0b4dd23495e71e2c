package dev.millrace.spi.state;

import dev.millrace.config.ConfigSection;
import java.net.URI;
import java.util.Optional;

/** Opens stores of one URI scheme. Registered as a service. */
public interface StateStorageFactory {
    /** {@code file}, {@code s3}. */
    String scheme();

    /**
     * Opens the store for reading and writing; makes the location where it is missing.
     *
     * @param options {@code pipeline.state.*} of the pipeline file: endpoint, region, credentials
     */
    StateStorage open(URI location, ConfigSection options);

    /**
     * Becomes the one owner of the location, or throws an error that says who is.
     *
     * @param owner who asks, for people: host, process, start time
     */
    Ownership acquire(URI location, ConfigSection options, String owner);

    /**
     * Who owns the location at this moment, in the words given to {@link #acquire}; empty where nobody does. Only looks: it never
     * keeps anybody from becoming the owner.
     */
    Optional<String> owner(URI location, ConfigSection options);
}
