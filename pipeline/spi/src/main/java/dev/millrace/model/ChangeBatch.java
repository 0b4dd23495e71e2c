package dev.millrace.model;

import dev.millrace.schema.Schema;
import java.util.List;

/**
 * Rows of one table under one schema version, by column. Immutable: it may be handed from thread to thread and read by
 * several at once.
 */
public final class ChangeBatch implements StreamElement {
    /** Where rows were read. */
    public enum Origin {
        SNAPSHOT,
        LOG
    }

    private static final int OVERHEAD = 128;
    private final Schema schema;
    private final Origin origin;
    private final int rows;
    private final byte[] operations;
    private final List<ColumnVector> columns;
    private final TransactionRuns transactions;
    private final long byteSize;

    ChangeBatch(
            Schema schema, Origin origin, byte[] operations, List<ColumnVector> columns, TransactionRuns transactions) {
        this.schema = schema;
        this.origin = origin;
        this.rows = columns.isEmpty() ? operations.length : columns.getFirst().size();
        this.operations = operations;
        this.columns = columns;
        this.transactions = transactions;
        this.byteSize = OVERHEAD
                + 8L * columns.size()
                + operations.length
                + transactions.byteSize()
                + columns.stream().mapToLong(ColumnVector::byteSize).sum();
    }

    public Schema schema() {
        return schema;
    }

    public Origin origin() {
        return origin;
    }

    public int rows() {
        return rows;
    }

    public Operation operation(int row) {
        return Operation.ofCode(operations[row]);
    }

    /** One vector a column of the schema, each with {@link #rows} cells. */
    public List<ColumnVector> columns() {
        return columns;
    }

    public ColumnVector column(int index) {
        return columns.get(index);
    }

    public TransactionRuns transactions() {
        return transactions;
    }

    /** Bytes of heap that the rows take, for budgets. */
    public long byteSize() {
        return byteSize;
    }

    /** A copy of the first {@code count} of these rows, which grow. */
    ChangeBatch gather(int[] which, int count) {
        byte[] gathered = new byte[count];
        for (int i = 0; i < count; i++) {
            gathered[i] = operations[which[i]];
        }
        return new ChangeBatch(
                schema,
                origin,
                gathered,
                columns.stream().map(column -> column.gather(which, count)).toList(),
                transactions.gather(which, count));
    }

    /** The same rows under another table's name, or another version of the same columns. */
    public ChangeBatch withSchema(Schema other) {
        if (other.columns().size() != schema.columns().size()) {
            throw new IllegalArgumentException(other.table() + " has other columns than " + schema.table());
        }
        return new ChangeBatch(other, origin, operations, columns, transactions);
    }
}
