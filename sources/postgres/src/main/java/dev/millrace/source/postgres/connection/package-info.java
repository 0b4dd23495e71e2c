/** Where the server is, how to log in, and sessions with settings that a snapshot and a log reader can rely on. */
@NullMarked
package dev.millrace.source.postgres.connection;

import org.jspecify.annotations.NullMarked;
