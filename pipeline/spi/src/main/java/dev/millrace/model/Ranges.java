package dev.millrace.model;

import java.util.function.IntUnaryOperator;

/**
 * Cells of several elements each that are gathered into a vector of their own.
 *
 * @param inner the elements of all these cells, by their index in the old vector
 * @param ends  where each cell ends in the new one
 */
record Ranges(int[] inner, int[] ends) {
    static Ranges of(int[] rows, int count, IntUnaryOperator start, IntUnaryOperator end) {
        int[] ends = new int[count];
        int elements = 0;
        for (int i = 0; i < count; i++) {
            elements += end.applyAsInt(rows[i]) - start.applyAsInt(rows[i]);
            ends[i] = elements;
        }
        int[] inner = new int[elements];
        int next = 0;
        for (int i = 0; i < count; i++) {
            for (int element = start.applyAsInt(rows[i]); next < ends[i]; element++) {
                inner[next++] = element;
            }
        }
        return new Ranges(inner, ends);
    }
}
