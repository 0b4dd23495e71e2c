package dev.millrace.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of this project: a code, what happened and where, and what to do next. The message names the place
 * (file, table, key, position) and the cause; it never holds a secret.
 */
public class MillraceException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient ErrorCode code;
    private final String nextStep;

    /**
     * @param message  what happened, where and why, in a sentence or two
     * @param nextStep what the reader can do about it, as an instruction
     */
    public MillraceException(ErrorCode code, String message, String nextStep) {
        this(code, message, nextStep, null);
    }

    public MillraceException(ErrorCode code, String message, String nextStep, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message), cause);
        this.code = code;
        this.nextStep = nextStep;
    }

    public ErrorCode code() {
        return code;
    }

    public String nextStep() {
        return nextStep;
    }
}
