/** What a pipeline needs at the server before it can read: publication, slot, snapshots, rights; made, checked and dropped here. */
@NullMarked
package dev.millrace.source.postgres.setup;

import org.jspecify.annotations.NullMarked;
