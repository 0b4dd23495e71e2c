/**
 * Real servers as child processes of this JVM, without containers: PostgreSQL from the programs on the class path. They
 * serve tests, benchmarks and the quickstart, and go when the JVM goes, however it ends.
 */
@NullMarked
package dev.millrace.servers;

import org.jspecify.annotations.NullMarked;
