/** A MySQL or MariaDB server as a source: what is read first, what after it, and how reading goes on. */
@NullMarked
package dev.millrace.source.mysql;

import org.jspecify.annotations.NullMarked;
