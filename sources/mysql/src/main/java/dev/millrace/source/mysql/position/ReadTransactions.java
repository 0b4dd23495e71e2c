package dev.millrace.source.mysql.position;

import org.jspecify.annotations.Nullable;

/**
 * Gathers what was read, transaction by transaction, without a new set for each: the numbers of one server follow each other, so
 * that a range which is still open grows by one. Confined to one thread.
 */
public final class ReadTransactions {
    private LogStart gathered;
    private @Nullable GtidSource openSource;
    private long openFirst;
    private long openLast;
    private @Nullable MariaDbGtid openGtid;

    /** @param after what was read before */
    public ReadTransactions(LogStart after) {
        this.gathered = after;
    }

    /** @param end where the transaction ends */
    public void add(TransactionId transaction, BinlogPlace end) {
        switch (transaction) {
            case TransactionId.MySql id when gathered instanceof LogStart.After -> add(id);
            case TransactionId.MariaDb id when gathered instanceof LogStart.AfterMariaDb -> add(id.gtid());
            case TransactionId.MySql id -> reached(end);
            case TransactionId.MariaDb id -> reached(end);
            case TransactionId.Anonymous id -> reached(end);
        }
    }

    /** Nothing more is to be read before this place. */
    public void reached(BinlogPlace place) {
        if (gathered instanceof LogStart.At) {
            gathered = new LogStart.At(place);
        }
    }

    public LogStart toStart() {
        close();
        return gathered;
    }

    private void add(TransactionId.MySql id) {
        if (id.source().equals(openSource) && id.number() == openLast + 1) {
            openLast++;
            return;
        }
        close();
        openSource = id.source();
        openFirst = id.number();
        openLast = id.number();
    }

    private void add(MariaDbGtid gtid) {
        if (openGtid != null && openGtid.domain() != gtid.domain()) {
            close();
        }
        openGtid = gtid;
    }

    private void close() {
        if (gathered instanceof LogStart.After after && openSource != null) {
            Intervals numbers = after.executed().of(openSource).union(Intervals.of(openFirst, openLast));
            gathered = new LogStart.After(after.executed().with(openSource, numbers));
            openSource = null;
        } else if (gathered instanceof LogStart.AfterMariaDb after && openGtid != null) {
            gathered = new LogStart.AfterMariaDb(after.executed().with(openGtid));
            openGtid = null;
        }
    }
}
