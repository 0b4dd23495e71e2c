package dev.millrace.cli;

import java.util.concurrent.atomic.AtomicReference;

/** The wish to end, which may come before there is anything to end, and outlives each job of a command. */
final class Stop {
    private static final Runnable NOTHING = () -> {};
    private final AtomicReference<Runnable> action = new AtomicReference<>(NOTHING);
    private volatile boolean asked;

    Stop(Shell shell) {
        shell.signals().onFirst(() -> {
            shell.console().message("Stopping: finishing a checkpoint. A second signal ends at once.");
            ask();
        });
    }

    void ask() {
        asked = true;
        action.get().run();
    }

    boolean isAsked() {
        return asked;
    }

    /** What to do now or when asked; replaces what was given before. Must be harmless when run twice. */
    void whenAsked(Runnable wish) {
        action.set(wish);
        if (asked) {
            wish.run();
        }
    }
}
