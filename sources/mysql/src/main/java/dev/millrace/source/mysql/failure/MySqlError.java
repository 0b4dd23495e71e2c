package dev.millrace.source.mysql.failure;

import dev.millrace.error.CatalogueEntry;
import dev.millrace.error.ErrorCode;

/** What can go wrong at a MySQL or MariaDB source. Numbers follow those of the PostgreSQL source where the meaning is the same. */
public enum MySqlError implements ErrorCode {
    /** The server can't be reached, or a connection broke. */
    CONNECTION("MY-001", Owner.SOURCE, Remedy.RESTART),
    /** The server refuses the user or password, or wants a way to log in that is not known here. */
    LOGIN("MY-002", Owner.CONFIG, Remedy.STOP),
    /** The server is not one that we know how to read. */
    SERVER("MY-003", Owner.SOURCE, Remedy.STOP),
    /** A right is missing. */
    PRIVILEGE("MY-004", Owner.SOURCE, Remedy.STOP),
    /** A statement failed in a way that nobody expected. */
    STATEMENT("MY-005", Owner.SOURCE, Remedy.RESTART),
    /** Something that the server holds for another session was not free in time. */
    LOCKED("MY-006", Owner.SOURCE, Remedy.RESTART),
    /** No server answers, and none ever did: most likely the address is wrong. */
    ADDRESS("MY-007", Owner.SOURCE, Remedy.STOP),
    /** The patterns match no table, or a table that can't be read. */
    TABLES("MY-010", Owner.CONFIG, Remedy.STOP),
    /** The log's row images do not hold what is needed. */
    ROW_IMAGE("MY-011", Owner.SOURCE, Remedy.STOP),
    /** A column's type has no lossless mapping. */
    TYPE("MY-012", Owner.DATA, Remedy.STOP),
    /** A value that its column can't hold exactly. */
    VALUE("MY-013", Owner.DATA, Remedy.STOP),
    /** The table is no longer as it was when reading began. */
    SCHEMA("MY-014", Owner.DATA, Remedy.STOP),
    /** The log that is needed is gone, or the server never had it: changes are lost for good. */
    LOG_LOST("MY-022", Owner.SOURCE, Remedy.STOP),
    /** Another reader or server has the same server id. */
    SERVER_ID("MY-023", Owner.CONFIG, Remedy.STOP),
    /** The server is another one than was read from, or does not know what was read of it. */
    HISTORY("MY-026", Owner.SOURCE, Remedy.STOP),
    /** The sessions that saw the snapshot's state ended before everything was read. */
    SNAPSHOT_LOST("MY-030", Owner.SOURCE, Remedy.RESTART),
    /** A table was truncated, altered or exchanged while it was being read. */
    REWRITTEN("MY-031", Owner.SOURCE, Remedy.RESTART),
    /** Bytes from the server, or from the state, that make no sense. */
    PROTOCOL("MY-090", Owner.INTERNAL, Remedy.STOP),
    /** An event of the log does not have the checksum that it carries. */
    CHECKSUM("MY-091", Owner.SOURCE, Remedy.RESTART),
    /** The log holds something that is not read yet. */
    UNSUPPORTED("MY-092", Owner.SOURCE, Remedy.STOP),
    /** The local disk does not take, or give back, what a prepared transaction left there. */
    SPOOL("MY-100", Owner.CONFIG, Remedy.RESTART);

    private final CatalogueEntry entry;

    MySqlError(String id, Owner owner, Remedy remedy) {
        this.entry = new CatalogueEntry(id, owner, remedy);
    }

    @Override
    public CatalogueEntry entry() {
        return entry;
    }
}
