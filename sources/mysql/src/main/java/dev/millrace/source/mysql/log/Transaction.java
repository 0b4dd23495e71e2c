package dev.millrace.source.mysql.log;

import dev.millrace.source.mysql.position.TransactionId;

/**
 * A committed transaction.
 *
 * @param logged       which one of the log it is
 * @param number       counts the transactions since the pipeline's first start
 * @param sourceNumber the server's own number of it
 * @param commitMicros microseconds since the epoch
 */
record Transaction(TransactionId logged, long number, long sourceNumber, long commitMicros) {}
