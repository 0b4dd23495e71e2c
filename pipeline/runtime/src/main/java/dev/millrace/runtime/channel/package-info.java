/** How tasks pass things to each other: byte-bounded channels for rows, inboxes for commands, and the signal that wakes whoever waits. */
@NullMarked
package dev.millrace.runtime.channel;

import org.jspecify.annotations.NullMarked;
