/** The contract of sources, kept. */
@NullMarked
package dev.millrace.source.lines;

import org.jspecify.annotations.NullMarked;
