/** The PostgreSQL source: an exact snapshot by {@code COPY}, then the log by {@code pgoutput}, both into columns by one set of decoders. */
@NullMarked
package dev.millrace.source.postgres;

import org.jspecify.annotations.NullMarked;
