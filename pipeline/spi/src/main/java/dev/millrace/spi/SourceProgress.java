package dev.millrace.spi;

/**
 * How far a source is, for people.
 *
 * @param phase           what it is doing
 * @param tables          tables to snapshot
 * @param tablesDone      tables whose snapshot is complete
 * @param rowsExpected    rows of the snapshot by the database's own estimate, -1 if unknown
 * @param rowsRead        rows read by the snapshot
 * @param lagBytes        bytes of the source's log not read yet, -1 if unknown
 * @param lagMicros       how far the last change read lies behind the source's clock; 0 when caught up, -1 if unknown
 */
public record SourceProgress(
        Phase phase, int tables, int tablesDone, long rowsExpected, long rowsRead, long lagBytes, long lagMicros) {
    public enum Phase {
        STARTING,
        SNAPSHOT,
        /** Reading the log, behind its head. */
        CATCHING_UP,
        STREAMING
    }
}
