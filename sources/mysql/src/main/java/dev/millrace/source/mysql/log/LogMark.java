package dev.millrace.source.mysql.log;

import dev.millrace.source.mysql.position.BinlogPlace;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.position.ReadTransactions;
import dev.millrace.source.mysql.position.TransactionId;
import dev.millrace.source.mysql.split.LogSplit;
import java.util.Optional;

/** Up to where the log was read, transaction by transaction, and what is reached by that. */
final class LogMark {
    private final LogCursor cursor;
    private final ReadTransactions read;
    private final PreparedTransactions prepared;
    private final Milestone consistent;
    private final Optional<Milestone> end;
    private BinlogPlace place;
    private boolean isPlaced;
    private long number;
    private long commitMicros;

    /** @param isSameServer whether the split's places are of the server that is read */
    LogMark(LogSplit split, boolean isSameServer, PreparedTransactions prepared) {
        LogPosition start = split.start();
        this.prepared = prepared;
        cursor = new LogCursor(start.place());
        read = new ReadTransactions(start.after());
        consistent = new Milestone(split.consistent(), start);
        end = split.end().map(target -> new Milestone(target, start));
        place = start.place();
        isPlaced = isSameServer;
        number = start.number();
        commitMicros = start.commitMicros();
    }

    LogPosition position() {
        return new LogPosition(read.toStart(), place, number, commitMicros);
    }

    /** Those that are prepared were seen, though a restart has to be sent them again. */
    private LogPosition seen() {
        return new LogPosition(prepared.with(read.toStart()), place, number, commitMicros);
    }

    BinlogPlace place() {
        return place;
    }

    /** Whether {@link #place} is one of the server that is read. */
    boolean hasPlace() {
        return isPlaced;
    }

    boolean hasEnded() {
        return end.isPresent() && end.get().isReached();
    }

    boolean isConsistent() {
        return consistent.isReached();
    }

    /** How many transactions were read. */
    long number() {
        return number;
    }

    /** When the last transaction committed, or the last promise; 0 before the first. */
    long commitMicros() {
        return commitMicros;
    }

    /** No transaction that follows is to be taken for one that committed earlier. */
    void promise(long completeMicros) {
        commitMicros = Math.max(commitMicros, completeMicros);
    }

    /** Where the next event begins. */
    BinlogPlace next() {
        return cursor.place();
    }

    void rotated(String file, long offset) {
        cursor.rotated(file, offset);
    }

    /** @param next where the event that was read ends, modulo 4 GB; 0 for one that is in no file */
    void passed(long next) {
        cursor.passed(next);
    }

    /** No transaction is being read: places only grow, though a server that looks for the first that is missing begins before it. */
    void moved() {
        if (isPlaced && !cursor.isBeyond(place)) {
            return;
        }
        place = cursor.place();
        isPlaced = true;
        read.reached(place);
        consistent.moved(cursor);
        end.ifPresent(milestone -> milestone.moved(cursor));
    }

    /** @param counts whether it is new */
    void ended(Transaction transaction, boolean counts) {
        if (counts) {
            number++;
            promise(transaction.commitMicros());
        }
        moved();
        read.add(transaction.logged(), place);
        reached(transaction.logged());
    }

    /** A transaction was prepared and is kept aside. */
    void keptAside(TransactionId id) {
        moved();
        reached(id);
    }

    /** One that had been kept aside was committed, or rolled back. */
    void finished(TransactionId id) {
        read.add(id, place);
    }

    private void reached(TransactionId id) {
        consistent.read(id, this::seen);
        end.ifPresent(milestone -> milestone.read(id, this::seen));
    }
}
