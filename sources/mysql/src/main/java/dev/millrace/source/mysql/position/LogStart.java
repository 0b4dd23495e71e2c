package dev.millrace.source.mysql.position;

/** Where in a server's log reading begins. */
public sealed interface LogStart {
    /** At a place of the server's own files. */
    record At(BinlogPlace place) implements LogStart {}

    /** With what is not in this set, on MySQL. */
    record After(GtidSet executed) implements LogStart {}

    /** After these transactions, on MariaDB. */
    record AfterMariaDb(MariaDbGtidList executed) implements LogStart {}
}
