package dev.millrace.source.postgres.failure;

import dev.millrace.error.CatalogueEntry;
import dev.millrace.error.ErrorCode;

/** What can go wrong at a PostgreSQL source. Numbers below 100 concern connecting, set-up, types and the snapshot, those above the log. */
public enum PostgresError implements ErrorCode {
    /** The server can't be reached, or a connection broke. */
    CONNECTION("PG-001", Owner.SOURCE, Remedy.RESTART),
    /** The server refuses the user or password, or has no such database. */
    LOGIN("PG-002", Owner.CONFIG, Remedy.STOP),
    /** The server is not one that we know how to read. */
    SERVER("PG-003", Owner.SOURCE, Remedy.STOP),
    /** A right is missing. */
    PRIVILEGE("PG-004", Owner.SOURCE, Remedy.STOP),
    /** A statement failed in a way that nobody expected. */
    STATEMENT("PG-005", Owner.SOURCE, Remedy.RESTART),
    /** No server answers, and none ever did: most likely the address is wrong. */
    ADDRESS("PG-006", Owner.SOURCE, Remedy.STOP),
    /** The patterns match no table, or a table that can't be read. */
    TABLES("PG-010", Owner.CONFIG, Remedy.STOP),
    /** The table's replica identity does not allow what is asked. */
    REPLICA_IDENTITY("PG-011", Owner.SOURCE, Remedy.STOP),
    /** A column's type has no lossless mapping. */
    TYPE("PG-012", Owner.DATA, Remedy.STOP),
    /** A value that its column can't hold exactly. */
    VALUE("PG-013", Owner.DATA, Remedy.STOP),
    /** The table is no longer as it was when reading began. */
    SCHEMA("PG-014", Owner.DATA, Remedy.STOP),
    /** The publication is not as the pipeline needs it. */
    PUBLICATION("PG-020", Owner.SOURCE, Remedy.STOP),
    /** The slot is in use, or not as the pipeline needs it. */
    SLOT("PG-021", Owner.SOURCE, Remedy.STOP),
    /** The slot, or the log behind it, is gone: changes are lost for good. */
    SLOT_LOST("PG-022", Owner.SOURCE, Remedy.STOP),
    /** Another session of the same pipeline still holds the slot. */
    SLOT_BUSY("PG-023", Owner.SOURCE, Remedy.RESTART),
    /** The server has no replication slot or sender left. */
    SERVER_LIMIT("PG-024", Owner.SOURCE, Remedy.STOP),
    /** The file names another slot or publication than the state. */
    RENAMED("PG-025", Owner.CONFIG, Remedy.STOP),
    /** The server is another one than was read from, or its log has lost what was read of it. */
    HISTORY("PG-026", Owner.SOURCE, Remedy.STOP),
    /** The exported snapshot ended before everything was read. */
    SNAPSHOT_LOST("PG-030", Owner.SOURCE, Remedy.RESTART),
    /** A table was truncated or rewritten while it was being read. */
    REWRITTEN("PG-031", Owner.SOURCE, Remedy.RESTART),
    /** Bytes from the server, or from the state, that make no sense. */
    PROTOCOL("PG-090", Owner.INTERNAL, Remedy.STOP),
    /** The local disk does not take, or give back, what a large transaction left there. */
    SPOOL("PG-100", Owner.CONFIG, Remedy.RESTART),
    /** The value of a large cell is needed, and the server did not send it because the change did not touch it. */
    UNCHANGED("PG-101", Owner.DATA, Remedy.STOP);

    private final CatalogueEntry entry;

    PostgresError(String id, Owner owner, Remedy remedy) {
        this.entry = new CatalogueEntry(id, owner, remedy);
    }

    @Override
    public CatalogueEntry entry() {
        return entry;
    }
}
