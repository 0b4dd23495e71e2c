/** What enumerator and readers tell each other: the pieces of the snapshot, the log's split with its skip rules, and their bytes. */
@NullMarked
package dev.millrace.source.postgres.split;

import org.jspecify.annotations.NullMarked;
