package dev.millrace.runtime.checkpoint;

import dev.millrace.error.MillraceException;
import dev.millrace.runtime.RuntimeCode;
import dev.millrace.spi.PipelineIdentity;
import dev.millrace.spi.state.StateStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Whose state this is: written at the first start, never changed. Its blob is text, one value a line.
 *
 * @param fingerprint what makes the pipeline's state its own
 */
public record PipelineRecord(PipelineIdentity identity, String fingerprint) {
    private static final String BLOB = "pipeline";
    private static final String HEADER = "millrace pipeline 1";

    /** What the store holds; empty before the first start. */
    public static Optional<PipelineRecord> read(StateStorage storage) {
        return storage.read(BLOB).map(PipelineRecord::parse);
    }

    /**
     * What the store holds, or, at the first start, a new identity.
     *
     * @throws MillraceException where the state belongs to a pipeline with another fingerprint
     */
    public static PipelineRecord readOrCreate(
            StateStorage storage, String name, String fingerprint, RandomGenerator random) {
        PipelineRecord record = read(storage).orElseGet(() -> create(storage, name, fingerprint, random));
        if (!record.fingerprint.equals(fingerprint)) {
            throw new MillraceException(
                    RuntimeCode.STATE_OF_OTHER,
                    "The state belongs to another pipeline: it was written for '" + record.fingerprint
                            + "', this pipeline is '" + fingerprint + "'.",
                    "Give this pipeline a state of its own, or change it back; 'cdc drop' removes the old state.");
        }
        return new PipelineRecord(new PipelineIdentity(name, record.identity.id()), fingerprint);
    }

    private static PipelineRecord create(
            StateStorage storage, String name, String fingerprint, RandomGenerator random) {
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        String text = String.join("\n", HEADER, id, oneLine(name), oneLine(fingerprint), "");
        if (!storage.create(BLOB, text.getBytes(StandardCharsets.UTF_8))) {
            return read(storage).orElseThrow();
        }
        return new PipelineRecord(new PipelineIdentity(name, id), fingerprint);
    }

    private static PipelineRecord parse(byte[] bytes) {
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        if (lines.size() != 4 || !lines.getFirst().equals(HEADER)) {
            throw CheckpointStore.damaged(
                    BLOB,
                    new IOException("it is not the record of a pipeline, or of a later release"),
                    "Put it back from a copy of the state, or remove the state and the sink's tables and start anew.");
        }
        return new PipelineRecord(new PipelineIdentity(lines.get(2), lines.get(1)), lines.get(3));
    }

    private static String oneLine(String text) {
        if (text.lines().count() > 1 || text.isEmpty()) {
            throw new IllegalArgumentException("must be one line: '" + text + "'");
        }
        return text;
    }
}
