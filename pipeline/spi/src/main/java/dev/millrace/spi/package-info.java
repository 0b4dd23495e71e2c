/**
 * What a connector implements. A source is an {@linkplain dev.millrace.spi.SplitEnumerator enumerator} of splits and
 * {@linkplain dev.millrace.spi.SplitReader readers}; a sink is {@linkplain dev.millrace.spi.SinkWriter writers} and one
 * {@linkplain dev.millrace.spi.Committer committer}. The engine owns the loop and all threads; connectors own none. All
 * state is bytes with a version. Connectors are found by {@link java.util.ServiceLoader} through their factories.
 */
@NullMarked
package dev.millrace.spi;

import org.jspecify.annotations.NullMarked;
