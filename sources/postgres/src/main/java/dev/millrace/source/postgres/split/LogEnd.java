package dev.millrace.source.postgres.split;

/**
 * Where the log ended at a look at it.
 *
 * @param place  everything that was in the log lies before it
 * @param micros everything that committed up to this time (microseconds since the epoch, by the server's clock) lies before the
 *               place; {@link dev.millrace.model.Watermark#NONE} where that is not known
 */
public record LogEnd(long place, long micros) {}
