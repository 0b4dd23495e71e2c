/** The codes of what can go wrong between us and a PostgreSQL server. */
@NullMarked
package dev.millrace.source.postgres.failure;

import org.jspecify.annotations.NullMarked;
