/**
 * Whole jobs in one thread, step by step in a seeded order, with a clock that only moves between steps, and a crash wherever
 * one could happen: after any step, and around every change of the state or the sink.
 */
@NullMarked
package dev.millrace.testkit.simulation;

import org.jspecify.annotations.NullMarked;
