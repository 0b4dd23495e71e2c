package dev.millrace.sink.paimon;

import dev.millrace.error.CatalogueEntry;
import dev.millrace.error.ErrorCode;

/** What can go wrong in this sink. */
enum PaimonError implements ErrorCode {
    /** The catalog can't be opened with these settings. */
    CATALOG("PMN-001", Owner.CONFIG, Remedy.STOP),
    /** A column's type has no lossless form in Paimon, or a name can't be used there. */
    SCHEMA("PMN-002", Owner.CONFIG, Remedy.STOP),
    /** The table exists with another shape, with options that break the promises, or with somebody else's rows. */
    EXISTING_TABLE("PMN-003", Owner.SINK, Remedy.STOP),
    /** Reading or writing the warehouse failed in a way that may pass. */
    STORAGE("PMN-004", Owner.SINK, Remedy.RESTART),
    /** The disk under the warehouse is full. */
    DISK_FULL("PMN-005", Owner.SINK, Remedy.RESTART),
    /** The warehouse must not be written to. */
    DENIED("PMN-006", Owner.SINK, Remedy.STOP),
    /** A commit was sent and its outcome is not known. */
    COMMIT_UNKNOWN("PMN-007", Owner.SINK, Remedy.RESTART),
    /** A change that a table without a key can't take. */
    KEYLESS_CHANGE("PMN-008", Owner.DATA, Remedy.STOP),
    /** The source left out a value that is not in the sink's row either. */
    UNCHANGED_VALUE("PMN-009", Owner.DATA, Remedy.STOP),
    /** A value that the column can't hold exactly. */
    VALUE("PMN-010", Owner.DATA, Remedy.STOP),
    /** What was asked for is not there: a table, a checkpoint. */
    NOT_FOUND("PMN-011", Owner.SINK, Remedy.STOP),
    /** The sink shows another state than the pipeline remembers. */
    OUT_OF_STEP("PMN-012", Owner.SINK, Remedy.STOP);

    private final CatalogueEntry entry;

    PaimonError(String id, Owner owner, Remedy remedy) {
        this.entry = new CatalogueEntry(id, owner, remedy);
    }

    @Override
    public CatalogueEntry entry() {
        return entry;
    }
}
