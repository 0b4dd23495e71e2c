/** Reads one workload with our PostgreSQL source and with Debezium's, each from a slot of its own, and compares what came. */
@NullMarked
package dev.millrace.source.postgres.oracle;

import org.jspecify.annotations.NullMarked;
