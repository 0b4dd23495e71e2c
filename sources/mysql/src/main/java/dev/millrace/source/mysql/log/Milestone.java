package dev.millrace.source.mysql.log;

import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.position.TransactionId;
import java.util.function.Supplier;

/** A position that reading comes to, once. */
final class Milestone {
    private final LogPosition target;
    private final boolean byPlace;
    private boolean reached;

    Milestone(LogPosition target, LogPosition start) {
        this.target = target;
        this.byPlace = !target.isByGtids() || !start.isByGtids();
        this.reached = start.covers(target);
    }

    boolean isReached() {
        return reached;
    }

    /** A transaction was read; only one that lies before the target can be the last before it. */
    void read(TransactionId transaction, Supplier<LogPosition> now) {
        if (!reached && (!target.isByGtids() || target.contains(transaction))) {
            reached = now.get().covers(target);
        }
    }

    /** Nothing more comes before this place. */
    void moved(LogCursor cursor) {
        if (!reached && byPlace) {
            reached = cursor.place().compareTo(target.place()) >= 0;
        }
    }
}
