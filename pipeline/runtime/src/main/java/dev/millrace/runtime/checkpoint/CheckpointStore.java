package dev.millrace.runtime.checkpoint;

import dev.millrace.error.MillraceException;
import dev.millrace.runtime.RuntimeCode;
import dev.millrace.spi.state.StateStorage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoints of one pipeline in its state's store, one blob each, named so that they sort by id. Confined like the store. */
public final class CheckpointStore {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);
    private static final String PREFIX = "checkpoint-";
    private static final String DAMAGED_PREFIX = "damaged-";
    private final StateStorage storage;

    public CheckpointStore(StateStorage storage) {
        this.storage = storage;
    }

    /** The newest checkpoint; empty where there is none yet. For looking at: a job recovers by {@link Recovery}. */
    public Optional<Checkpoint> newest() {
        List<String> names = names();
        return names.isEmpty() ? Optional.empty() : Optional.of(readOrThrow(names.getLast()));
    }

    /**
     * Writes a checkpoint durably: once this returns it is prepared, and its commit is owed.
     *
     * @return its size in bytes
     */
    public long save(Checkpoint checkpoint) {
        byte[] bytes = CheckpointFormat.write(checkpoint);
        if (!storage.create(name(checkpoint.id()), bytes)) {
            throw new MillraceException(
                    RuntimeCode.STATE_TAKEN,
                    "Checkpoint " + checkpoint.id() + " is in the state already: another process runs this pipeline.",
                    "Make sure that only one process runs this pipeline, then start it again.");
        }
        return bytes.length;
    }

    /** Removes all but the newest {@code retained}. */
    public void prune(int retained) {
        List<String> names = names();
        for (String old : names.subList(0, Math.max(0, names.size() - retained))) {
            storage.delete(old);
        }
    }

    /** Names of all checkpoints, oldest first. */
    List<String> names() {
        return storage.list().stream()
                .filter(name -> name.startsWith(PREFIX))
                .sorted()
                .toList();
    }

    /** The id that the name stands for. */
    static long idOf(String name) {
        return Long.parseLong(name.substring(PREFIX.length()));
    }

    /** @throws IOException where the blob is damaged or was written by a later release */
    Checkpoint read(String name) throws IOException {
        Checkpoint checkpoint = CheckpointFormat.read(
                storage.read(name).orElseThrow(() -> new IOException("it vanished while it was being looked at")));
        if (checkpoint.id() != idOf(name)) {
            throw new IOException("it holds checkpoint " + checkpoint.id());
        }
        return checkpoint;
    }

    /** Sets a damaged checkpoint aside, where a person can look at it and no recovery finds it. */
    void setAside(String name) {
        storage.read(name).ifPresent(bytes -> storage.create(DAMAGED_PREFIX + name, bytes));
        storage.delete(name);
        LOG.warn("{} in the state is damaged and was never made visible: kept as {}{}", name, DAMAGED_PREFIX, name);
    }

    private Checkpoint readOrThrow(String name) {
        try {
            return read(name);
        } catch (IOException e) {
            throw damaged(
                    name, e, "Run 'cdc status' on a healthy copy of the state, or start the pipeline to recover.");
        }
    }

    static MillraceException damaged(String name, IOException cause, String nextStep) {
        return new MillraceException(
                RuntimeCode.STATE_DAMAGED,
                "'" + name + "' in the state can't be used: " + cause.getMessage() + ".",
                nextStep,
                cause);
    }

    private static String name(long id) {
        return PREFIX + String.format(Locale.ROOT, "%019d", id);
    }
}
