package dev.millrace.model;

import dev.millrace.schema.Column;
import dev.millrace.schema.Schema;
import java.util.Arrays;
import java.util.List;

/**
 * Fills a batch row by row: one cell to every column's builder, then {@link #endRow}. {@link #startTransaction} comes
 * before the first row. Confined to one thread.
 */
public final class ChangeBatchBuilder {
    private final Schema schema;
    private final ChangeBatch.Origin origin;
    private final VectorBuilder[] columns;
    private final TransactionRuns.Builder transactions = new TransactionRuns.Builder();
    private byte[] operations = new byte[VectorBuilder.FIRST_CAPACITY];
    private int rows;

    public ChangeBatchBuilder(Schema schema, ChangeBatch.Origin origin) {
        this.schema = schema;
        this.origin = origin;
        this.columns = schema.columns().stream()
                .map(Column::type)
                .map(VectorBuilder::of)
                .toArray(VectorBuilder[]::new);
    }

    public Schema schema() {
        return schema;
    }

    public VectorBuilder column(int index) {
        return columns[index];
    }

    /**
     * The rows that follow belong to this transaction.
     *
     * @param id           the source's number of the transaction, 0 for a snapshot
     * @param commitMicros commit time in microseconds since the epoch
     * @param position     where its commit stands in the source's log, see {@link TransactionRuns#position}
     */
    public void startTransaction(long id, long commitMicros, long position) {
        transactions.start(rows, id, commitMicros, position);
    }

    /** Ends a row: every column has been given its cell. */
    public void endRow(Operation operation) {
        int row = rows++;
        if (row == operations.length) {
            operations = Arrays.copyOf(operations, 2 * row);
        }
        operations[row] = operation.code();
    }

    /** Rows ended since the last {@link #build}. */
    public int rows() {
        return rows;
    }

    /** Bytes of values appended since the last {@link #build}. Walks the columns: ask every few hundred rows, not every row. */
    public long byteSize() {
        long bytes = rows;
        for (VectorBuilder column : columns) {
            bytes += column.byteSize();
        }
        return bytes;
    }

    /** Hands over the rows and starts anew, inside the same transaction. */
    public ChangeBatch build() {
        List<ColumnVector> built =
                Arrays.stream(columns).map(VectorBuilder::build).toList();
        for (int i = 0; i < built.size(); i++) {
            if (built.get(i).size() != rows) {
                throw new IllegalStateException(
                        "column " + schema.columns().get(i).name() + " of " + schema.table() + " has "
                                + built.get(i).size() + " cells for " + rows + " rows");
            }
        }
        ChangeBatch batch =
                new ChangeBatch(schema, origin, Arrays.copyOf(operations, rows), built, transactions.build());
        rows = 0;
        return batch;
    }
}
