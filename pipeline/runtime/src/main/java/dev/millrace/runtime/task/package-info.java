/**
 * The tasks of a running job. Each is stepped by one thread and owns its state; commands and rows cross through the
 * inboxes and channels. A {@link dev.millrace.runtime.task.JobRun} is one life of a job, from recovery to its end or first
 * failure; whoever steps its tasks decides in which order, on how many threads.
 *
 * <p>A checkpoint: the coordinator asks all readers to stop at a boundary; when all stand it takes their positions and the
 * enumerator's state, puts the barrier into every channel and lets the readers go on. Each writer that meets the barrier
 * hands over what it has staged. When all have, the committer task saves the checkpoint, commits it, and reports back; only
 * then the readers are told what the source may forget.
 */
@NullMarked
package dev.millrace.runtime.task;

import org.jspecify.annotations.NullMarked;
