package dev.millrace.error;

/**
 * A commit was sent and no answer came: it may have happened or not. Whoever catches it must not clean up what the commit
 * refers to; recovery asks the sink what it holds.
 */
public final class CommitOutcomeUnknownException extends MillraceException {
    private static final long serialVersionUID = 1L;

    public CommitOutcomeUnknownException(ErrorCode code, String message, String nextStep, Throwable cause) {
        super(code, message, nextStep, cause);
    }
}
