package dev.millrace.source.mysql.position;

import java.util.Arrays;

/** A set of positive numbers as ranges. Immutable. */
final class Intervals {
    static final Intervals NONE = new Intervals(new long[0]);

    /** First and one beyond last, range after range; ranges neither overlap nor touch. */
    private final long[] bounds;

    private Intervals(long[] bounds) {
        this.bounds = bounds;
    }

    /** From {@code first} up to and including {@code last}. */
    static Intervals of(long first, long last) {
        if (first < 1 || last < first || last == Long.MAX_VALUE) {
            throw new IllegalArgumentException("no range of transactions: " + first + "-" + last);
        }
        return new Intervals(new long[] {first, last + 1});
    }

    boolean isEmpty() {
        return bounds.length == 0;
    }

    int count() {
        return bounds.length / 2;
    }

    long first(int range) {
        return bounds[2 * range];
    }

    /** One beyond the last. */
    long end(int range) {
        return bounds[2 * range + 1];
    }

    boolean contains(long number) {
        int found = Arrays.binarySearch(bounds, number);
        // A number that is a bound is inside if the bound is a first; else its place among the bounds tells.
        return found >= 0 ? found % 2 == 0 : (-found - 1) % 2 == 1;
    }

    boolean containsAll(Intervals other) {
        return other.minus(this).isEmpty();
    }

    Intervals union(Intervals other) {
        return combine(other, (here, there) -> here || there);
    }

    Intervals minus(Intervals other) {
        return combine(other, (here, there) -> here && !there);
    }

    /** The next number in order is by far the most frequent one, so it does not walk the ranges. */
    Intervals with(long number) {
        int last = bounds.length - 1;
        if (last > 0 && bounds[last] == number) {
            long[] longer = bounds.clone();
            longer[last]++;
            return new Intervals(longer);
        }
        return contains(number) ? this : union(of(number, number));
    }

    private interface Rule {
        boolean isIn(boolean here, boolean there);
    }

    /** Walks the bounds of both in order; a bound of the result is where the rule's answer turns. */
    private Intervals combine(Intervals other, Rule rule) {
        long[] result = new long[bounds.length + other.bounds.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < bounds.length || j < other.bounds.length) {
            long next = Math.min(
                    i < bounds.length ? bounds[i] : Long.MAX_VALUE,
                    j < other.bounds.length ? other.bounds[j] : Long.MAX_VALUE);
            i += i < bounds.length && bounds[i] == next ? 1 : 0;
            j += j < other.bounds.length && other.bounds[j] == next ? 1 : 0;
            if (rule.isIn(i % 2 == 1, j % 2 == 1) != (size % 2 == 1)) {
                result[size++] = next;
            }
        }
        return new Intervals(Arrays.copyOf(result, size));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Intervals intervals && Arrays.equals(bounds, intervals.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    /** As MySQL writes it: {@code 1-5:7}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int range = 0; range < count(); range++) {
            text.append(range == 0 ? "" : ":").append(first(range));
            if (end(range) - first(range) > 1) {
                text.append('-').append(end(range) - 1);
            }
        }
        return text.toString();
    }
}
