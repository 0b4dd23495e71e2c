package dev.millrace.spi;

/**
 * A unit of reading together with the place reached in it. Only the source looks inside.
 *
 * @param id stays the same while the place moves on; unique within the pipeline for ever
 */
public record Split(String id, VersionedBytes state) {}
