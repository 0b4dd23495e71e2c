package dev.millrace.testkit.simulation;

import java.time.Duration;

/**
 * What a simulated job does, and in which order its tasks are stepped.
 *
 * @param seed         of the changelog and of the order
 * @param parallelism  readers and writers
 * @param interval     between checkpoints; a step takes a millisecond
 * @param transactions of the changelog
 */
public record Scenario(long seed, int parallelism, Duration interval, int transactions) {}
