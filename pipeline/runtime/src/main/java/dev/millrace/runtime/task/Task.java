package dev.millrace.runtime.task;

import dev.millrace.runtime.channel.Wakeup;

/** A part of a job that runs piece by piece. Stepped and closed by one thread. */
public interface Task extends AutoCloseable {
    /** For people: thread names, messages. */
    String name();

    /** Signalled whenever there may be something to do. */
    Wakeup wakeup();

    /** Does a piece of work, if there is any. */
    Progress step();

    @Override
    void close();

    enum Progress {
        WORKED,
        /** Nothing to do before the wakeup is signalled, or some milliseconds have passed. */
        IDLE
    }
}
