/** From PostgreSQL's types and their binary formats to logical types and columns: one mapping for the snapshot and the log. */
@NullMarked
package dev.millrace.source.postgres.types;

import org.jspecify.annotations.NullMarked;
