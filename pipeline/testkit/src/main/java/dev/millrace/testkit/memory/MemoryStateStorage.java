package dev.millrace.testkit.memory;

import dev.millrace.spi.state.StateStorage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** State that outlives the jobs that write it. */
public final class MemoryStateStorage implements StateStorage {
    private final Map<String, byte[]> blobs = new TreeMap<>();
    private final Consumer<String> aroundEachChange;

    /** @param aroundEachChange called before and after anything changes, with what; may throw */
    public MemoryStateStorage(Consumer<String> aroundEachChange) {
        this.aroundEachChange = aroundEachChange;
    }

    @Override
    public Optional<byte[]> read(String name) {
        return Optional.ofNullable(blobs.get(name)).map(byte[]::clone);
    }

    @Override
    public boolean create(String name, byte[] content) {
        aroundEachChange.accept("before creating " + name);
        boolean created = blobs.putIfAbsent(name, content.clone()) == null;
        aroundEachChange.accept("after creating " + name);
        return created;
    }

    @Override
    public List<String> list() {
        return List.copyOf(blobs.keySet());
    }

    @Override
    public void delete(String name) {
        aroundEachChange.accept("before deleting " + name);
        blobs.remove(name);
    }

    @Override
    public void close() {
        // nothing is open
    }
}
