package dev.millrace.sink.paimon;

/** Walks sorted positions key by key. */
final class KeyGroups {
    private final KeyOrder order;
    private final int[] sorted;
    private int begin;
    private int end;

    KeyGroups(KeyOrder order, int[] sorted) {
        this.order = order;
        this.sorted = sorted;
    }

    /** Moves to the next key; false after the last. */
    boolean next() {
        begin = end;
        if (begin == sorted.length) {
            return false;
        }
        end = begin + 1;
        while (end < sorted.length && order.compare(sorted[begin], sorted[end]) == 0) {
            end++;
        }
        return true;
    }

    /** Moves on and fills the array with the position of the last row of each key. @return how many; fewer than fit at the end */
    int nextLast(int[] positions) {
        int count = 0;
        while (count < positions.length && next()) {
            positions[count++] = last();
        }
        return count;
    }

    /** How many rows the key has. */
    int count() {
        return end - begin;
    }

    /** The position of the key's {@code i}-th row, in order of arrival. */
    int position(int i) {
        return sorted[begin + i];
    }

    /** The position of the key's last row. */
    int last() {
        return sorted[end - 1];
    }
}
