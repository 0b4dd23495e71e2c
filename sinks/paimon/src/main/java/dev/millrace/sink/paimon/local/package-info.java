/**
 * Paimon's view of a local disk, made to survive a power cut: what was written is on the disk, with its name, before anybody
 * is told that it is there.
 */
@NullMarked
package dev.millrace.sink.paimon.local;

import org.jspecify.annotations.NullMarked;
