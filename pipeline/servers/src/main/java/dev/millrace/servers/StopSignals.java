package dev.millrace.servers;

/**
 * How a server is asked to end.
 *
 * @param orderly the signal for an end that leaves nothing to recover
 * @param hasty   the signal for an end at once, where the orderly one takes too long
 */
record StopSignals(String orderly, String hasty) {}
