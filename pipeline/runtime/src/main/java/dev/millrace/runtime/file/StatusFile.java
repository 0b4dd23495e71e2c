package dev.millrace.runtime.file;

import dev.millrace.runtime.JobStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a running job to other processes: its last status as JSON in the state's folder. A listener for jobs; what can't be
 * written is left out, because a job does not fail for being watched.
 */
public final class StatusFile implements Consumer<JobStatus> {
    private static final Logger LOG = LoggerFactory.getLogger(StatusFile.class);
    private final Path file;
    private final Path unfinished;
    private boolean failing;

    public StatusFile(Path stateFolder) {
        file = stateFolder.resolve(".status.json");
        unfinished = stateFolder.resolve(".status.json.unfinished");
    }

    /** Replaces the file in one step; not durable. Called by one thread at a time. */
    @Override
    public void accept(JobStatus status) {
        try {
            Files.write(unfinished, StatusJson.write(status));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn(
                        "Can't write {}: {}. 'cdc status' does not see this job live until this works again.",
                        file,
                        e.getMessage());
            }
            failing = true;
        }
    }

    /** The last status written; empty where there is none that can be read. Whether the job still runs is told by the lock, not by this. */
    public Optional<JobStatus> read() {
        try {
            return Optional.of(StatusJson.read(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOG.warn("Can't read {}: {}.", file, e.getMessage());
            return Optional.empty();
        }
    }
}
