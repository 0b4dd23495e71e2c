package dev.millrace.sink.paimon;

import dev.millrace.model.ChangeBatch;
import dev.millrace.model.ColumnVector;
import dev.millrace.model.Operation;
import dev.millrace.model.RowSelection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of one table that wait to be written, in order of arrival: the batches themselves and, per row, where it lies in
 * them. A row's <em>position</em> is its number in the buffer. Before images are left out: they change nothing.
 */
final class RowBuffer {
    private static final int FIRST_CAPACITY = 64;
    private static final long POSITION_BYTES = 9;
    private final List<ChangeBatch> batches = new ArrayList<>();
    /** One window a batch; made when the rows are looked at, because small batches are smaller than their windows. */
    private List<CellRow> windows = List.of();

    private int[] batchOf = new int[FIRST_CAPACITY];
    private int[] rowOf = new int[FIRST_CAPACITY];
    private byte[] operations = new byte[FIRST_CAPACITY];
    private int size;
    private long bytes;
    private boolean partial;

    void add(RowSelection rows) {
        ChangeBatch batch = rows.batch();
        int number = batches.size();
        batches.add(batch);
        windows = List.of();
        reserve(size + rows.count());
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            Operation operation = batch.operation(row);
            if (operation != Operation.UPDATE_BEFORE) {
                batchOf[size] = number;
                rowOf[size] = row;
                operations[size++] = operation.code();
            }
        }
        bytes += rows.byteSize();
        partial = partial || leavesValuesOut(rows);
    }

    /** Deletes don't count: of them only the key is ever looked at. */
    private static boolean leavesValuesOut(RowSelection rows) {
        ChangeBatch batch = rows.batch();
        List<ColumnVector> lacking = batch.columns().stream()
                .filter(column -> column.states().anyUnchanged())
                .toList();
        if (lacking.isEmpty()) {
            return false;
        }
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            if (batch.operation(row) != Operation.DELETE) {
                for (ColumnVector column : lacking) {
                    if (column.isUnchanged(row)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    int size() {
        return size;
    }

    /** Heap held, for budgets. */
    long bytes() {
        return bytes + POSITION_BYTES * size;
    }

    /** Whether any row lacks a value that the source left out as unchanged. */
    boolean partial() {
        return partial;
    }

    List<CellRow> batches() {
        if (windows.size() != batches.size()) {
            windows = batches.stream().map(CellRow::over).toList();
        }
        return windows;
    }

    int batchOf(int position) {
        return batchOf[position];
    }

    ChangeBatch batch(int position) {
        return batches.get(batchOf[position]);
    }

    int rowOf(int position) {
        return rowOf[position];
    }

    boolean is(Operation operation, int position) {
        return operations[position] == operation.code();
    }

    /** The batch's window, moved to the row at this position. */
    CellRow window(int position) {
        return batches().get(batchOf[position]).at(rowOf[position]);
    }

    /** All positions, in order. */
    int[] positions() {
        int[] all = new int[size];
        Arrays.setAll(all, i -> i);
        return all;
    }

    void clear() {
        batches.clear();
        windows = List.of();
        batchOf = new int[FIRST_CAPACITY];
        rowOf = new int[FIRST_CAPACITY];
        operations = new byte[FIRST_CAPACITY];
        size = 0;
        bytes = 0;
        partial = false;
    }

    private void reserve(int needed) {
        if (needed > operations.length) {
            int wide = Math.max(needed, 2 * operations.length);
            batchOf = Arrays.copyOf(batchOf, wide);
            rowOf = Arrays.copyOf(rowOf, wide);
            operations = Arrays.copyOf(operations, wide);
        }
    }
}
