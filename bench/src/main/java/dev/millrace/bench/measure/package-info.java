/**
 * What a run costs: wall time, processor time of the client and of the server, and the client's greatest memory, all as
 * the kernel counts them. Linux only.
 */
@NullMarked
package dev.millrace.bench.measure;

import org.jspecify.annotations.NullMarked;
