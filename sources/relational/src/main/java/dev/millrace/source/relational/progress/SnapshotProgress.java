package dev.millrace.source.relational.progress;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How far the snapshot is, told by the enumerator and all readers, asked for by any thread. */
public final class SnapshotProgress {
    private final AtomicInteger tables = new AtomicInteger();
    private final AtomicInteger tablesDone = new AtomicInteger();
    private final AtomicLong rowsExpected = new AtomicLong(-1);
    private final AtomicLong rowsRead = new AtomicLong();

    /** @param rows by the database's estimate, −1 if unknown */
    public void expect(int tableCount, long rows) {
        tables.set(tableCount);
        rowsExpected.set(rows);
    }

    public void tablesDone(int count) {
        tablesDone.set(count);
    }

    public void rowsRead(int count) {
        rowsRead.addAndGet(count);
    }

    public int tables() {
        return tables.get();
    }

    public int tablesDone() {
        return tablesDone.get();
    }

    public long rowsExpected() {
        return rowsExpected.get();
    }

    public long rowsRead() {
        return rowsRead.get();
    }
}
