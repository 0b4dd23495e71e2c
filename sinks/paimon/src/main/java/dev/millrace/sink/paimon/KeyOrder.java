package dev.millrace.sink.paimon;

import dev.millrace.schema.Column;
import java.util.Arrays;
import java.util.List;

/**
 * Puts positions of a buffer into the order of their keys, the same order that Paimon's readers merge by; equal keys stay
 * in order of arrival.
 */
final class KeyOrder {
    private static final int SMALL_RUN = 16;
    private final KeyColumn[] columns;

    /** @param keyColumns the key's columns, first the one that counts most */
    KeyOrder(RowBuffer buffer, List<Column> schema, int[] keyColumns) {
        this.columns = Arrays.stream(keyColumns)
                .mapToObj(index -> KeyColumn.of(buffer, schema.get(index).type(), index))
                .toArray(KeyColumn[]::new);
    }

    int compare(int left, int right) {
        for (KeyColumn column : columns) {
            int order = column.compare(left, right);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** Sorts in place: what is in order already, as snapshots mostly bring it, costs one pass. */
    void sort(int[] positions) {
        if (isSorted(positions)) {
            return;
        }
        if (columns.length == 1 && columns[0] instanceof KeyColumn.Longs longs) {
            longs.sort(positions);
            return;
        }
        split(positions.clone(), positions, 0, positions.length);
    }

    private boolean isSorted(int[] positions) {
        for (int i = 1; i < positions.length; i++) {
            if (compare(positions[i - 1], positions[i]) > 0) {
                return false;
            }
        }
        return true;
    }

    /** Top-down merge sort; {@code from} and {@code to} hold the same positions and change roles on each level. */
    private void split(int[] from, int[] to, int begin, int end) {
        if (end - begin <= SMALL_RUN) {
            insertionSort(to, begin, end);
            return;
        }
        int middle = (begin + end) >>> 1;
        split(to, from, begin, middle);
        split(to, from, middle, end);
        if (compare(from[middle - 1], from[middle]) <= 0) {
            System.arraycopy(from, begin, to, begin, end - begin);
        } else {
            merge(from, to, begin, middle, end);
        }
    }

    private void merge(int[] from, int[] to, int begin, int middle, int end) {
        int left = begin;
        int right = middle;
        for (int i = begin; i < end; i++) {
            boolean takeLeft = right >= end || (left < middle && compare(from[left], from[right]) <= 0);
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }

    private void insertionSort(int[] positions, int begin, int end) {
        for (int i = begin + 1; i < end; i++) {
            int moved = positions[i];
            int j = i - 1;
            while (j >= begin && compare(positions[j], moved) > 0) {
                positions[j + 1] = positions[j];
                j--;
            }
            positions[j + 1] = moved;
        }
    }
}
