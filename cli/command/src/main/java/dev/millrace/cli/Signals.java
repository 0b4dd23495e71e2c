package dev.millrace.cli;

/** How the process is asked to end. */
interface Signals {
    /** From now on the first SIGINT, SIGTERM or SIGHUP runs the action, on a thread of its own, instead of ending the process. */
    void onFirst(Runnable action);
}
