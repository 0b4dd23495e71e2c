package dev.millrace.definition;

import dev.millrace.config.ConfigSection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * {@code pipeline:}.
 *
 * @param name               for people, slots and folders
 * @param parallelism        how many readers, and how many writers
 * @param checkpointInterval the longest time between two checkpoints
 * @param checkpointBytes    a checkpoint is taken once so many bytes of rows were read since the last one
 * @param state              where checkpoints are kept; always with a scheme
 * @param workFolder         a local folder's name, not made yet, beside which what is worth nothing to other machines goes
 * @param stateOptions       {@code state.*}, for whoever opens that scheme
 */
public record PipelineSettings(
        String name,
        int parallelism,
        Duration checkpointInterval,
        long checkpointBytes,
        URI state,
        Path workFolder,
        ConfigSection stateOptions) {}
