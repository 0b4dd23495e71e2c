package dev.millrace.testkit.simulation;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/** Counts the places where a process could crash, and crashes or stops at the chosen ones. */
final class CrashPlan {
    private final Deque<Integer> crashes;
    private final Deque<Integer> stops;
    private int passed;
    private String last = "the start";

    /**
     * @param crashes the numbers of the places at which to crash, from 0, growing
     * @param stops   the numbers of the places from which on the job is asked to stop, growing
     */
    CrashPlan(Collection<Integer> crashes, Collection<Integer> stops) {
        this.crashes = new ArrayDeque<>(crashes);
        this.stops = new ArrayDeque<>(stops);
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

    /** Whether the job is to be asked to stop; true once for each stop. */
    boolean stopNow() {
        if (stops.isEmpty() || passed < stops.getFirst()) {
            return false;
        }
        stops.removeFirst();
        return true;
    }

    /** How many places were passed so far. */
    int passed() {
        return passed;
    }

    @Override
    public String toString() {
        return "place " + passed + " (" + last + ")";
    }
}
