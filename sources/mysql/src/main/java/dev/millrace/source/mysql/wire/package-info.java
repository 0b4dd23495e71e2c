/** A session with a server: packets, login, TLS, statements, and the commands that send the log. Knows bytes of events, not events. */
@NullMarked
package dev.millrace.source.mysql.wire;

import org.jspecify.annotations.NullMarked;
