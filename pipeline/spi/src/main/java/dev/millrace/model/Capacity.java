package dev.millrace.model;

/** How large a builder's next array is. */
final class Capacity {
    private Capacity() {}

    /** A little more than the last batch took: one that is larger by a single row would otherwise double its arrays. */
    static int after(int used) {
        return Math.max(VectorBuilder.FIRST_CAPACITY, (int) Math.min(Integer.MAX_VALUE - 8L, used + (long) used / 16));
    }
}
