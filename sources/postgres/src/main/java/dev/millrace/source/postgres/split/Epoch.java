package dev.millrace.source.postgres.split;

/**
 * One state of the database, under which chunks are read.
 *
 * @param number   from 0, one more for each that the pipeline has opened
 * @param place    where it stands in the log: it holds exactly what committed before
 * @param micros   when it was taken, by the server's clock, in microseconds since the epoch
 * @param snapshot the name under which sessions find it; gone with the process that opened it
 */
public record Epoch(int number, long place, long micros, String snapshot) {}
