/** What a job remembers: its identity and its checkpoints, how they are written, and how a job goes on from them. */
@NullMarked
package dev.millrace.runtime.checkpoint;

import org.jspecify.annotations.NullMarked;
