package dev.millrace.source.mysql.split;

/**
 * Under which state of the server chunks are read.
 *
 * @param number from 0, one more for each that the pipeline has opened
 * @param order  where its rows stand among all changes that the pipeline reads: not before what was read of the log before it
 *               was opened
 * @param micros when it was opened, in microseconds since the epoch
 * @param place  in the log, for people
 */
public record EpochMark(int number, long order, long micros, String place) {}
