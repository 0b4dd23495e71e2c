package dev.millrace.source.mysql.snapshot;

/** How the sessions of a snapshot come to see one state whose place in the log is known. */
public enum Locking {
    /** Without a lock where the server allows that, else as {@link #GLOBAL}, else as {@link #TABLE}. */
    AUTO,
    /** All writes are held for a moment: {@code FLUSH TABLES WITH READ LOCK}. */
    GLOBAL,
    /** Writes to the captured tables are held for a moment: {@code LOCK TABLES … READ}. */
    TABLE
}
