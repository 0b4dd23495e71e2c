package dev.millrace.sink.paimon;

import java.io.IOException;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.reader.RecordReaderIterator;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.ReadBuilder;

/** Rows of a table as they are read; each holds until the next one is asked for. */
final class OpenRows implements AutoCloseable {
    private final RecordReaderIterator<InternalRow> rows;
    private final String action;

    private OpenRows(RecordReaderIterator<InternalRow> rows, String action) {
        this.rows = rows;
        this.action = action;
    }

    static OpenRows of(FileStoreTable table, int limit) {
        String action = "reading " + table.fullName();
        try {
            ReadBuilder read = table.newReadBuilder().withLimit(limit);
            return new OpenRows(
                    new RecordReaderIterator<>(
                            read.newRead().createReader(read.newScan().plan())),
                    action);
        } catch (IOException | RuntimeException e) {
            throw Failure.during(action, e);
        }
    }

    boolean hasNext() {
        try {
            return rows.hasNext();
        } catch (RuntimeException e) {
            throw Failure.during(action, e);
        }
    }

    InternalRow next() {
        try {
            return rows.next();
        } catch (RuntimeException e) {
            throw Failure.during(action, e);
        }
    }

    @Override
    public void close() {
        try {
            rows.close();
        } catch (Exception e) {
            throw Failure.during(action, e);
        }
    }
}
