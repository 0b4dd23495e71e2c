package dev.millrace.source.mysql.position;

/** Which transaction of the log it is. Each says where it begins in the files of the server that it was read from. */
public sealed interface TransactionId {
    BinlogPlace begin();

    record MySql(GtidSource source, long number, BinlogPlace begin) implements TransactionId {}

    record MariaDb(MariaDbGtid gtid, BinlogPlace begin) implements TransactionId {}

    /** Of a MySQL without GTIDs. */
    record Anonymous(BinlogPlace begin) implements TransactionId {}
}
