package dev.millrace.cli;

import java.util.Optional;

/** The wish to end, which may come before there is anything to end, and outlives each job of a command. */
final class Stop {
    private volatile Optional<Runnable> action = Optional.empty();
    private volatile boolean asked;

    Stop(Shell shell) {
        shell.signals().onFirst(() -> {
            shell.console().message("Stopping: finishing a checkpoint. A second signal ends at once.");
            ask();
        });
    }

    void ask() {
        asked = true;
        action.ifPresent(Runnable::run);
    }

    boolean isAsked() {
        return asked;
    }

    /** What to do now or when asked; replaces what was given before. Must be harmless when run twice. */
    void whenAsked(Runnable wish) {
        action = Optional.of(wish);
        if (asked) {
            wish.run();
        }
    }
}
