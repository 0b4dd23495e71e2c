/**
 * The embedded engine, seen from outside: what a job is made of ({@link dev.millrace.runtime.JobSpec}), what it tells while it
 * runs ({@link dev.millrace.runtime.JobStatus}) and its own errors. It knows no connector.
 */
@NullMarked
package dev.millrace.runtime;

import org.jspecify.annotations.NullMarked;
