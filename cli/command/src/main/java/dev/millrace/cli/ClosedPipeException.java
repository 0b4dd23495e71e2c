package dev.millrace.cli;

import java.io.IOException;

/** Nobody reads the answer any more, as after {@code | head}: no failure, only no reason to go on. */
final class ClosedPipeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClosedPipeException(IOException cause) {
        super(cause);
    }
}
