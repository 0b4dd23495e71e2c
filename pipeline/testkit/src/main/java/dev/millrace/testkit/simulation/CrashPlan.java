package dev.millrace.testkit.simulation;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/** Counts the places where a process could crash, and crashes at the chosen ones. */
public final class CrashPlan {
    private final Deque<Integer> crashes;
    private int passed;
    private String last = "the start";

    /** @param crashes the numbers of the places at which to crash, from 0, growing */
    public CrashPlan(Collection<Integer> crashes) {
        this.crashes = new ArrayDeque<>(crashes);
    }

    /** A place where a process may crash. */
    void pass(String where) {
        last = where;
        int place = passed++;
        if (!crashes.isEmpty() && place == crashes.getFirst()) {
            crashes.removeFirst();
            throw new SimulatedCrash(where);
        }
    }

    /** How many places were passed so far. */
    public int passed() {
        return passed;
    }

    @Override
    public String toString() {
        return "place " + passed + " (" + last + ")";
    }
}
