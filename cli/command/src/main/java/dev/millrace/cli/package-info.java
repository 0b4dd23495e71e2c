/**
 * The {@code cdc} command: reads the pipeline file, puts source, sink and engine together, and talks to the person in front
 * of it. The one place where they all meet; it decides nothing about data.
 */
@NullMarked
package dev.millrace.cli;

import org.jspecify.annotations.NullMarked;
