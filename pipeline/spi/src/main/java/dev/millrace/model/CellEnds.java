package dev.millrace.model;

import java.util.Arrays;

/** Where each cell ends, and which cells have no value: what all vectors of ranges have in common while they are being filled. */
final class CellEnds {
    private final CellStates.Builder states = new CellStates.Builder();
    private int[] ends = new int[VectorBuilder.FIRST_CAPACITY];
    private int size;

    /** @param ends of the first {@code size} cells */
    record Built(int[] ends, int size, CellStates states) {}

    void end(int at) {
        int row = size++;
        if (row == ends.length) {
            ends = Arrays.copyOf(ends, 2 * row);
        }
        ends[row] = at;
    }

    void endNull(int at) {
        states.markNull(size);
        end(at);
    }

    void endUnchanged(int at) {
        states.markUnchanged(size);
        end(at);
    }

    int size() {
        return size;
    }

    long byteSize() {
        return 4L * size;
    }

    /** Hands over the cells and starts anew. */
    Built build() {
        Built built = new Built(ends, size, states.build());
        ends = new int[Capacity.after(size)];
        size = 0;
        return built;
    }
}
