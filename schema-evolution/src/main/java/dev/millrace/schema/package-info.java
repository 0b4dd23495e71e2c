/** Schemas as values: tables, columns with ids that never change, logical types, and the changes from one schema to the next. */
@NullMarked
package dev.millrace.schema;

import org.jspecify.annotations.NullMarked;
