package dev.millrace.testkit.simulation;

/** The process ends here: nothing that it held in memory is left, nothing more is done by it. */
final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    SimulatedCrash(String where) {
        super(where, null, false, false);
    }
}
