package dev.millrace.source.postgres.config;

/** Where a pipeline without state begins. */
public enum StartupMode {
    /** With a snapshot, then the log from the snapshot's place on. */
    INITIAL,
    /** With what commits from now on. */
    LATEST_OFFSET,
    /** Where an existing slot was last confirmed. */
    COMMITTED_OFFSET,
    /** With a snapshot, and ends after it. */
    SNAPSHOT;

    /** Whether tables are read, and not only their log. */
    public boolean readsTables() {
        return this == INITIAL || this == SNAPSHOT;
    }
}
