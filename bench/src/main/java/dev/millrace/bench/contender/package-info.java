/** Those that are measured: each starts a process of its own, as a user would, and gives its cost. */
@NullMarked
package dev.millrace.bench.contender;

import org.jspecify.annotations.NullMarked;
