package dev.millrace.runtime;

/** How a job ended that did not fail. */
public enum JobOutcome {
    /** The source has nothing more, and all of it is committed. */
    FINISHED,
    /** Stopped on request after a last checkpoint. */
    STOPPED,
    /** Stopped on request; a last checkpoint did not come about in time. The next start reads again what came after the one before. */
    STOPPED_WITHOUT_CHECKPOINT
}
