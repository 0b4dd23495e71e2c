package dev.millrace.state.s3;

import dev.millrace.spi.state.StateStorage;
import java.util.List;
import java.util.Optional;

/** One object a blob. S3 shows an object only when all of it has arrived, so a put is atomic and durable by itself. */
final class S3StateStorage implements StateStorage {
    private final StateObjects objects;

    S3StateStorage(StateObjects objects) {
        this.objects = objects;
    }

    @Override
    public Optional<byte[]> read(String name) {
        return objects.get(name).map(StateObjects.Stored::content);
    }

    @Override
    public boolean create(String name, byte[] content) {
        return objects.putNew(name, content).isPresent();
    }

    @Override
    public List<String> list() {
        return objects.list().stream()
                .filter(name -> !name.equals(S3Lease.NAME))
                .toList();
    }

    @Override
    public void delete(String name) {
        objects.delete(name);
    }

    @Override
    public void close() {
        objects.close();
    }
}
