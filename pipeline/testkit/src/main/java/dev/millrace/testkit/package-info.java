/** What connector tests need and the engine does not: a clock that stands still, batches written by hand, rows as text. */
@NullMarked
package dev.millrace.testkit;

import org.jspecify.annotations.NullMarked;
