package dev.millrace.source.mysql.position;

/**
 * A place between two transactions: everything up to and including the last one before it was read. Immutable.
 *
 * @param after        what the server is asked to go on after
 * @param place        the same by the files of the server that was read
 * @param number       how many transactions were read since the pipeline's first start: the order of changes
 * @param commitMicros no transaction after this one is said to have committed earlier, in microseconds since the epoch; 0 before
 *                     the first
 */
public record LogPosition(LogStart after, BinlogPlace place, long number, long commitMicros) {

    /** Where nothing was read yet. */
    public static LogPosition first(LogStart after, BinlogPlace place) {
        return new LogPosition(after, place, 0, 0);
    }

    /** Whether the transaction was committed before this position. */
    public boolean contains(TransactionId transaction) {
        return switch (after) {
            case LogStart.After gtids
            when transaction instanceof TransactionId.MySql mySql ->
                gtids.executed().contains(mySql.source(), mySql.number());
            case LogStart.AfterMariaDb gtids
            when transaction instanceof TransactionId.MariaDb mariaDb ->
                gtids.executed().contains(mariaDb.gtid());
            // Positions are never within a transaction: what begins before one ends before it.
            default -> transaction.begin().compareTo(place) < 0;
        };
    }

    /** Whether all that was committed before the other position was committed before this one. */
    public boolean covers(LogPosition other) {
        return switch (other.after) {
            case LogStart.After there
            when after instanceof LogStart.After here -> here.executed().containsAll(there.executed());
            case LogStart.AfterMariaDb there
            when after instanceof LogStart.AfterMariaDb here -> here.executed().containsAll(there.executed());
            default -> place.compareTo(other.place) >= 0;
        };
    }

    /** Whether another server can be asked to go on here. */
    public boolean isByGtids() {
        return !(after instanceof LogStart.At);
    }

    /** For people. */
    @Override
    public String toString() {
        return switch (after) {
            case LogStart.At at -> place.toString();
            case LogStart.After gtids -> place + " (" + gtids.executed() + ")";
            case LogStart.AfterMariaDb gtids -> place + " (" + gtids.executed() + ")";
        };
    }
}
