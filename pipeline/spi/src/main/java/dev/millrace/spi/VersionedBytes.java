package dev.millrace.spi;

/** State as its owner wrote it: nobody else looks inside. The version tells later releases how to read it. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copied too often if it were wrapped
public record VersionedBytes(int version, byte[] bytes) {}
