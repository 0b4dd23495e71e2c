package dev.millrace.runtime;

/**
 * Heap that rows may take, in bytes.
 *
 * @param batchBytes      about the size of a reader's batch
 * @param channelBytes    what may wait between readers and writers, all channels together
 * @param sinkBufferBytes what all writers together may buffer
 */
public record MemorySettings(long batchBytes, long channelBytes, long sinkBufferBytes) {
    public static final MemorySettings DEFAULT = new MemorySettings(1L << 20, 64L << 20, 256L << 20);

    public MemorySettings {
        if (batchBytes < 1 || channelBytes < 1 || sinkBufferBytes < 1) {
            throw new IllegalArgumentException("memory budgets must be positive");
        }
    }
}
