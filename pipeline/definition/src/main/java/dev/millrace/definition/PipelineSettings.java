package dev.millrace.definition;

import dev.millrace.config.ConfigSection;
import java.net.URI;
import java.time.Duration;

/**
 * {@code pipeline:}.
 *
 * @param name               for people, slots and folders
 * @param parallelism        how many readers, and how many writers
 * @param checkpointInterval the longest time between two checkpoints
 * @param checkpointBytes    a checkpoint is taken once so many bytes of rows were read since the last one
 * @param state              where checkpoints are kept; always with a scheme
 * @param stateOptions       {@code state.*}, for whoever opens that scheme
 */
public record PipelineSettings(
        String name,
        int parallelism,
        Duration checkpointInterval,
        long checkpointBytes,
        URI state,
        ConfigSection stateOptions) {}
