/** A sink that keeps nothing: to see how fast a source can be read, and whether it can be read at all. */
@NullMarked
package dev.millrace.sink.blackhole;

import org.jspecify.annotations.NullMarked;
