/** What the server's catalog says of tables, their columns and types, as values. */
@NullMarked
package dev.millrace.source.postgres.catalog;

import org.jspecify.annotations.NullMarked;
