package dev.millrace.cli;

import dev.millrace.error.ErrorCode;

/** What the process answers with. Stable: scripts rely on it, and docs/manual/exit-codes.md lists it. */
enum ExitCode {
    OK(0),
    INTERNAL(1),
    USAGE(2),
    SOURCE(3),
    SINK(4),
    STATE(5),
    DATA(6),
    CHECK_FOUND_ERRORS(7),
    NOT_CONFIRMED(8),
    OUTPUT(9);

    /** A process that a signal ended answers with this plus the signal's number. */
    static final int SIGNAL_BASE = 128;

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static ExitCode of(ErrorCode error) {
        if (error == CliError.OUTPUT) {
            return OUTPUT;
        }
        return switch (error.owner()) {
            case CONFIG -> USAGE;
            case SOURCE -> SOURCE;
            case SINK -> SINK;
            case STATE -> STATE;
            case DATA -> DATA;
            case INTERNAL -> INTERNAL;
        };
    }
}
