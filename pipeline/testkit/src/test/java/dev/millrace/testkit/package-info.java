/** Whole jobs, on threads and simulated, and the in-memory connectors. */
@NullMarked
package dev.millrace.testkit;

import org.jspecify.annotations.NullMarked;
