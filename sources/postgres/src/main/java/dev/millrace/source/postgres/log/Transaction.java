package dev.millrace.source.postgres.log;

/**
 * A committed transaction.
 *
 * @param number       counts the transactions of this reader
 * @param commitMicros microseconds since the epoch
 * @param commitPlace  where its commit record begins
 */
record Transaction(long number, long id, long commitMicros, long commitPlace) {
    static final Transaction NONE = new Transaction(0, 0, 0, 0);
}
