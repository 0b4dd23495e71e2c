/** Runs a job on threads: one a task. The only package of the project that makes threads. */
@NullMarked
package dev.millrace.runtime.worker;

import org.jspecify.annotations.NullMarked;
