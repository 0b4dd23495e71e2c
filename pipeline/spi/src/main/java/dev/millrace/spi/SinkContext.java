package dev.millrace.spi;

import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What a sink is told by the engine.
 *
 * @param pipeline    the pipeline's name and identity, with which commits are signed
 * @param writers     how many writers will be opened
 * @param bufferBytes heap that all writers together may use for buffered rows
 * @param spillFolder a local folder for what does not fit into memory; emptied by the engine at each start
 * @param clock       the only clock a sink looks at
 */
public record SinkContext(
        PipelineIdentity pipeline, int writers, long bufferBytes, Path spillFolder, InstantSource clock) {}
