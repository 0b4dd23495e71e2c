package dev.millrace.spi;

import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What a source is told by the engine.
 *
 * @param pipeline    the pipeline's name and identity
 * @param mode        whether to read on for ever
 * @param readers     how many readers will be opened
 * @param batchBytes  about how large a reader's batches should be, in bytes of heap; a reader holds no more than a few of them
 * @param spillFolder a local folder for transactions that do not fit into memory; emptied by the engine at each start
 * @param clock       the only clock a source looks at
 */
public record SourceContext(
        PipelineIdentity pipeline, ReadMode mode, int readers, long batchBytes, Path spillFolder, InstantSource clock) {
    public enum ReadMode {
        CONTINUOUS,
        /** The snapshot, then the log up to where its head was when the enumerator was opened; then every split is finished. */
        UNTIL_CAUGHT_UP
    }
}
