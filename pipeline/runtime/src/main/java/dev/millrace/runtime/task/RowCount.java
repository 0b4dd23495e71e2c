package dev.millrace.runtime.task;

/** Rows and their bytes of heap. */
record RowCount(long rows, long bytes) {
    RowCount plus(RowCount other) {
        return new RowCount(rows + other.rows, bytes + other.bytes);
    }
}
