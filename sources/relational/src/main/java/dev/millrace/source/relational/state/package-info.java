/** A source's state as bytes, and back. */
@NullMarked
package dev.millrace.source.relational.state;

import org.jspecify.annotations.NullMarked;
