/** The contract of sinks, kept as far as it concerns a sink that remembers nothing. */
@NullMarked
package dev.millrace.sink.blackhole;

import org.jspecify.annotations.NullMarked;
