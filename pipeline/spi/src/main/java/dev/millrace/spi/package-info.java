/**
 * What a connector implements. A source is an {@linkplain dev.millrace.spi.SplitEnumerator enumerator} of splits and
 * {@linkplain dev.millrace.spi.SplitReader readers}; a sink is {@linkplain dev.millrace.spi.SinkWriter writers} and one
 * {@linkplain dev.millrace.spi.Committer committer}. The engine owns the loop and all threads that rows, barriers and commits
 * pass through; connectors own none of these. A sink's committer may have one thread of its own for upkeep that nobody waits
 * for, such as merging files: it starts in {@code discardStaged} at the earliest, changes nothing that a reader sees, and
 * makes nothing visible once {@code close} has returned. All state is bytes with a version. Connectors are found by {@link
 * java.util.ServiceLoader} through their factories.
 */
@NullMarked
package dev.millrace.spi;

import org.jspecify.annotations.NullMarked;
