package dev.millrace.spi;

/**
 * Where a reader stands.
 *
 * @param split          the split with its place, from which reading can go on
 * @param text           the place for people and manifests, for example {@code 0/1A2B3C4}
 * @param completeMicros every change that committed at the source up to this time (microseconds since the epoch) has been
 *                       emitted; {@link dev.millrace.model.Watermark#NONE} where nothing can be said
 * @param consistent     whether all tables show one state of the source once everything emitted so far is visible; false
 *                       during the initial snapshot and until the log has passed the last snapshot's place
 */
public record ReaderPosition(Split split, String text, long completeMicros, boolean consistent) {}
