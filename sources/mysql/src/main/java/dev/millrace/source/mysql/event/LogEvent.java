package dev.millrace.source.mysql.event;

import dev.millrace.source.mysql.position.GtidSource;
import dev.millrace.source.mysql.position.MariaDbGtid;

/** What the log says, event by event. */
public sealed interface LogEvent permits LogEvent.Control, RowsEvent {
    /** All that are no rows: few, so they are objects of their own. */
    sealed interface Control extends LogEvent {}

    /** How the events that follow are written. */
    record Format(String serverVersion, boolean hasChecksums) implements Control {}

    /** The log goes on in another file, or begins there where it is the first event. */
    record Rotation(String file, long offset) implements Control {}

    /**
     * A transaction of MySQL begins.
     *
     * @param commitMicros when it was committed at this server, in microseconds since the epoch
     */
    record Begin(GtidSource source, long number, long commitMicros) implements Control {}

    /** A transaction of a MySQL without GTIDs begins. */
    record AnonymousBegin(long commitMicros) implements Control {}

    /**
     * A transaction of MariaDB begins.
     *
     * @param alone a statement follows, and is all of it
     */
    record MariaDbBegin(MariaDbGtid gtid, boolean alone) implements Control {}

    /**
     * A statement: DDL, or one that begins or ends a transaction.
     *
     * @param database  the one in use when it ran, perhaps empty
     * @param collation the number of the collation whose character set the text is in; 0 where the log does not say
     */
    record Statement(String database, byte[] text, int collation) implements Control {}

    record Commit(long number) implements Control {}

    /**
     * The first half of a distributed transaction ended.
     *
     * @param commits whether there is no second half: it is committed
     */
    record XaPrepare(boolean commits) implements Control {}

    /** Rows of this table follow. */
    record TableMapped(TableMap table) implements Control {}

    /** Rows of this table were updated, and values of type JSON are told by what changed in them: they can't be read yet. */
    record PartialUpdate(TableMap table) implements Control {}

    /** The server is there, and has nothing to say. */
    record Heartbeat() implements Control {}

    /** Of no matter here. */
    record Ignored(int type) implements Control {}
}
