package dev.millrace.runtime.file;

import dev.millrace.config.ConfigReader;
import dev.millrace.config.ConfigSection;
import dev.millrace.spi.state.Ownership;
import dev.millrace.spi.state.StateStorage;
import dev.millrace.spi.state.StateStorageFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code file:} locations: a local folder. Takes no options. */
public final class FileStateStorageFactory implements StateStorageFactory {
    @Override
    public String scheme() {
        return "file";
    }

    @Override
    public StateStorage open(URI location, ConfigSection options) {
        return new FileStateStorage(folder(location, options));
    }

    @Override
    public Ownership acquire(URI location, ConfigSection options, String owner) {
        return FileOwnership.acquire(folder(location, options), owner);
    }

    @Override
    public Optional<String> owner(URI location, ConfigSection options) {
        return FileOwnership.ownerOf(folder(location, options));
    }

    private static Path folder(URI location, ConfigSection options) {
        new ConfigReader(options).finish();
        Path folder = Path.of(location);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw FileFailure.of("make", folder, e);
        }
    }
}
