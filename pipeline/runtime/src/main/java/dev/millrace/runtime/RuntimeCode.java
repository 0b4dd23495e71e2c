package dev.millrace.runtime;

import dev.millrace.error.CatalogueEntry;
import dev.millrace.error.ErrorCode;

/** The engine's own errors. */
public enum RuntimeCode implements ErrorCode {
    /** A defect of the engine or of a connector. */
    INTERNAL("JOB-001", Owner.INTERNAL, Remedy.STOP),
    /** A task did not end when the job was torn down, so that it can't be started again in this process. */
    STUCK("JOB-002", Owner.INTERNAL, Remedy.STOP),
    /** A truncation of one of several tables that share a sink table. */
    TRUNCATE_OF_SHARED("JOB-003", Owner.DATA, Remedy.STOP),
    /** Tables are to share one in the sink, and the first copy of one of them can't be gone on with once it is broken off. */
    SHARED_IN_ONE_PIECE("JOB-004", Owner.CONFIG, Remedy.STOP),

    /** The state's store can't be read or written just now. */
    STATE_IO("STATE-001", Owner.STATE, Remedy.RESTART),
    /** The state's store refuses access. */
    STATE_ACCESS("STATE-002", Owner.STATE, Remedy.STOP),
    /** Another process runs this pipeline. */
    STATE_OWNED("STATE-003", Owner.STATE, Remedy.STOP),
    /** The state was written by a pipeline with another source or sink, or a table that is copied already has another route now. */
    STATE_OF_OTHER("STATE-004", Owner.STATE, Remedy.STOP),
    /** A file of the state is damaged, or from a later release. */
    STATE_DAMAGED("STATE-005", Owner.STATE, Remedy.STOP),
    /** The sink shows a checkpoint that the state does not know. */
    SINK_AHEAD("STATE-006", Owner.STATE, Remedy.STOP),
    /** The sink has lost what it had committed, or is another one now. */
    SINK_BEHIND("STATE-007", Owner.STATE, Remedy.STOP),
    /** Another process writes checkpoints of this pipeline. */
    STATE_TAKEN("STATE-008", Owner.STATE, Remedy.STOP);

    private final CatalogueEntry entry;

    RuntimeCode(String id, Owner owner, Remedy remedy) {
        this.entry = new CatalogueEntry(id, owner, remedy);
    }

    @Override
    public CatalogueEntry entry() {
        return entry;
    }
}
