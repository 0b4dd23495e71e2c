package dev.millrace.spi.state;

import java.util.List;
import java.util.Optional;

/**
 * Small blobs under one location. Used by one thread. Every method throws a {@link dev.millrace.error.MillraceException}
 * where the store fails.
 */
public interface StateStorage extends AutoCloseable {
    /** The blob's content; empty where there is none of that name. */
    Optional<byte[]> read(String name);

    /**
     * Writes a new blob, atomically and durably: once this returns it survives a power cut, and nobody ever sees half of it.
     *
     * @return false, and nothing written, where a blob of that name is there already
     */
    boolean create(String name, byte[] content);

    /** The names of all blobs, sorted. */
    List<String> list();

    /** Removes a blob; none of that name is fine. */
    void delete(String name);

    @Override
    void close();
}
