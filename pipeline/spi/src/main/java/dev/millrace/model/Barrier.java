package dev.millrace.model;

/** The cut of a checkpoint: what came before belongs to it, what follows does not. Stands only between source transactions. */
public record Barrier(long checkpointId) implements StreamElement {}
