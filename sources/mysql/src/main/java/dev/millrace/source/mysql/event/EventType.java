package dev.millrace.source.mysql.event;

/** The numbers of the events that matter here; MariaDB's own begin at 160. */
final class EventType {
    static final int STATEMENT = 2;
    static final int STOP = 3;
    static final int ROTATE = 4;
    static final int INT_VARIABLE = 5;
    static final int RANDOM = 13;
    static final int USER_VARIABLE = 14;
    static final int FORMAT_DESCRIPTION = 15;
    static final int COMMIT = 16;
    static final int TABLE_MAP = 19;
    static final int WRITE_ROWS_V1 = 23;
    static final int UPDATE_ROWS_V1 = 24;
    static final int DELETE_ROWS_V1 = 25;
    static final int INCIDENT = 26;
    static final int HEARTBEAT = 27;
    static final int ROWS_QUERY = 29;
    static final int WRITE_ROWS = 30;
    static final int UPDATE_ROWS = 31;
    static final int DELETE_ROWS = 32;
    static final int GTID = 33;
    static final int ANONYMOUS_GTID = 34;
    static final int PREVIOUS_GTIDS = 35;
    static final int TRANSACTION_CONTEXT = 36;
    static final int VIEW_CHANGE = 37;
    static final int XA_PREPARE = 38;
    static final int PARTIAL_UPDATE_ROWS = 39;
    static final int TRANSACTION_PAYLOAD = 40;
    static final int HEARTBEAT_V2 = 41;
    static final int TAGGED_GTID = 42;
    static final int MARIADB_ANNOTATE = 160;
    static final int MARIADB_CHECKPOINT = 161;
    static final int MARIADB_GTID = 162;
    static final int MARIADB_GTID_LIST = 163;
    static final int MARIADB_START_ENCRYPTION = 164;
    static final int MARIADB_COMPRESSED_STATEMENT = 165;
    static final int MARIADB_COMPRESSED_WRITE_ROWS = 166;
    static final int MARIADB_COMPRESSED_UPDATE_ROWS = 167;
    static final int MARIADB_COMPRESSED_DELETE_ROWS = 168;

    private static final int IGNORABLE = 0x80;

    private EventType() {}

    /**
     * Whether an event that is not understood may be passed over: it is known to hold no rows, or its server says that whoever does not
     * understand it may do so.
     */
    static boolean mayBeIgnored(int type, int flags) {
        return switch (type) {
            case STOP,
                    INT_VARIABLE,
                    RANDOM,
                    USER_VARIABLE,
                    ROWS_QUERY,
                    PREVIOUS_GTIDS,
                    TRANSACTION_CONTEXT,
                    VIEW_CHANGE -> true;
            case MARIADB_ANNOTATE, MARIADB_CHECKPOINT, MARIADB_GTID_LIST, MARIADB_START_ENCRYPTION -> true;
            default -> (flags & IGNORABLE) != 0;
        };
    }
}
