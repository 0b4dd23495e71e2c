/** The snapshot: how tables are cut into chunks, and how chunks are read by binary {@code COPY} straight into columns. */
@NullMarked
package dev.millrace.source.postgres.snapshot;

import org.jspecify.annotations.NullMarked;
