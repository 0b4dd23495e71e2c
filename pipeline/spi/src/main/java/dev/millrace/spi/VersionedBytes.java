package dev.millrace.spi;

/** State as its owner wrote it: nobody else looks inside. The version tells later releases how to read it. */
public record VersionedBytes(int version, byte[] bytes) {}
