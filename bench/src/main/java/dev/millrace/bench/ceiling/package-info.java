/**
 * What others reach on the same rows: programs that do one thing and nothing else, each in a process of its own, so that
 * they start as cold as the command that is held against them. Each prints its own account at the end.
 */
@NullMarked
package dev.millrace.bench.ceiling;

import org.jspecify.annotations.NullMarked;
