/** From bytes to events: framing, checksums, compressed transactions, table maps. Row events stay ranges of bytes. */
@NullMarked
package dev.millrace.source.mysql.event;

import org.jspecify.annotations.NullMarked;
