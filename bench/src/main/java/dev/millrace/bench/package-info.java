/** One command that runs Millrace and its ceilings on the same rows, in turn, and prints them side by side. */
@NullMarked
package dev.millrace.bench;

import org.jspecify.annotations.NullMarked;
