/**
 * A small shop in PostgreSQL to try things on: five tables with foreign keys, rows made from a seed, a writer of
 * realistic transactions, and rules about money and stock that every commit keeps, so that any reader of a copy can
 * check it.
 */
@NullMarked
package dev.millrace.quickstart;

import org.jspecify.annotations.NullMarked;
