package dev.millrace.source.mysql.config;

import dev.millrace.source.mysql.position.LogStart;
import java.time.Instant;

/** Where a pipeline without state begins. */
public sealed interface Startup {
    /** With a snapshot, then the log from the snapshot's place on. */
    record Initial() implements Startup {}

    /** With a snapshot, and ends after it. */
    record Snapshot() implements Startup {}

    /** With what commits from now on. */
    record Latest() implements Startup {}

    /** With the first transaction that the server still has. */
    record Earliest() implements Startup {}

    /** With what follows a place that the file names. */
    record Specific(LogStart start) implements Startup {}

    /** With the first transaction that was committed then or later. */
    record Since(Instant time) implements Startup {}

    /** Whether rows that are there already are read. */
    default boolean readsTables() {
        return this instanceof Initial || this instanceof Snapshot;
    }

    /** Whether changes are read. */
    default boolean readsLog() {
        return !(this instanceof Snapshot);
    }
}
