/**
 * A sink to learn from: JSON lines in a folder, a folder a table. It keeps all that a sink has to keep with a few classes.
 *
 * <p>A writer appends to hidden files. At a barrier it forces each to disk and renames it; that is staged, and nobody reads
 * it, because readers go by the commits: {@code commits/<pipeline>/<checkpoint>.commit.json} names the files of each table
 * that came with a checkpoint, and appears in one step. So a commit is one rename for all tables, and repeating it finds it
 * done. Whoever reads follows the commits in order, and the lines of each file in order.
 */
@NullMarked
package dev.millrace.sink.jsonl;

import org.jspecify.annotations.NullMarked;
