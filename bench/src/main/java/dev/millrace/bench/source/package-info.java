/** The PostgreSQL server that a benchmark reads from: its tables, its rows, and the changes that pile up in its log. */
@NullMarked
package dev.millrace.bench.source;

import org.jspecify.annotations.NullMarked;
