package dev.millrace.cli;

import dev.millrace.config.ConfigSection;
import dev.millrace.config.Nearest;
import dev.millrace.definition.DefinitionError;
import dev.millrace.error.MillraceException;
import dev.millrace.runtime.file.StatusFile;
import dev.millrace.spi.state.Ownership;
import dev.millrace.spi.state.StateStorage;
import dev.millrace.spi.state.StateStorageFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Where a pipeline's state is kept, and beside it, on this machine, what is worth nothing to another one: scratch files, and the
 * quickstart's database.
 *
 * @param workFolder a local folder's name, for what lies beside a state that is elsewhere
 */
record StateLocation(URI uri, ConfigSection options, Path workFolder) {
    StateStorage open() {
        return factory().open(uri, options);
    }

    /** @param owner for the message that another process gets */
    Ownership acquire(String owner) {
        return factory().acquire(uri, options, owner);
    }

    /** Who runs the pipeline at this moment. */
    Optional<String> owner() {
        return factory().owner(uri, options);
    }

    /** Whether a look is worth it: opening a folder would make it. */
    boolean mayExist() {
        return !isLocal() || Files.isDirectory(Path.of(uri));
    }

    boolean isLocal() {
        return "file".equals(uri.getScheme());
    }

    Path scratchFolder() {
        return beside("scratch");
    }

    /** Shows the job to {@code cdc status} of another process on this machine; empty where the state is elsewhere. */
    Optional<StatusFile> statusFile() {
        return isLocal() ? Optional.of(new StatusFile(Path.of(uri))) : Optional.empty();
    }

    Path shopFolder() {
        return beside("postgres");
    }

    private Path beside(String suffix) {
        Path folder = isLocal() ? Path.of(uri) : workFolder;
        return folder.resolveSibling(folder.getFileName() + "." + suffix);
    }

    private StateStorageFactory factory() {
        List<StateStorageFactory> factories = ServiceLoader.load(StateStorageFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return factories.stream()
                .filter(factory -> factory.scheme().equals(uri.getScheme()))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> known = factories.stream()
                            .map(StateStorageFactory::scheme)
                            .sorted()
                            .toList();
                    return new MillraceException(
                            DefinitionError.STATE_SCHEME,
                            "'pipeline.state' is " + uri + ", and nothing here keeps state on '" + uri.getScheme()
                                    + ":'.",
                            Nearest.to(uri.getScheme(), known)
                                    .map(near -> "Did you mean '" + near + ":'?")
                                    .orElse("Use a folder, or one of " + String.join(", ", known) + "."));
                });
    }
}
