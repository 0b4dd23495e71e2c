package dev.millrace.source.postgres.log;

/**
 * The transaction whose rows are being read.
 *
 * @param number      counts transactions, so that two are told apart quickly
 * @param xid         the server's number of it
 * @param micros      when it committed, in microseconds since the epoch
 * @param commitPlace where its commit record begins
 */
record CommittedTransaction(long number, long xid, long micros, long commitPlace) {
    static final CommittedTransaction NONE = new CommittedTransaction(0, 0, 0, 0);
}
