package dev.millrace.sink.paimon;

import dev.millrace.error.CommitOutcomeUnknownException;
import dev.millrace.error.MillraceException;
import java.nio.file.AccessDeniedException;
import java.util.Locale;
import java.util.Objects;

/** Turns what Paimon and its file systems throw into errors for people. */
final class Failure {
    private static final int MAX_CAUSES = 20;

    private Failure() {}

    /** @param action what was being done and where, to follow "while", for example {@code writing rows of shop.orders} */
    static MillraceException during(String action, Throwable cause) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (cause instanceof MillraceException known) {
            return known;
        }
        PaimonError error = classify(cause);
        return new MillraceException(error, "Failed while " + action + ": " + reason(cause), nextStep(error), cause);
    }

    /** The same for a commit that may have happened. */
    static MillraceException duringCommit(String action, Throwable cause) {
        if (cause instanceof MillraceException known) {
            return known;
        }
        PaimonError error = classify(cause) == PaimonError.STORAGE ? PaimonError.COMMIT_UNKNOWN : classify(cause);
        return new CommitOutcomeUnknownException(
                error, "Failed while " + action + ": " + reason(cause), nextStep(error), cause);
    }

    private static PaimonError classify(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++, cause = cause.getCause()) {
            String text = Objects.toString(cause.getMessage(), "").toLowerCase(Locale.ROOT);
            if (text.contains("no space left") || text.contains("disk quota exceeded")) {
                return PaimonError.DISK_FULL;
            }
            if (cause instanceof AccessDeniedException
                    || text.contains("read-only file system")
                    || text.contains("permission denied")
                    || text.contains("mkdirs failed to create")
                    || text.contains("access denied")
                    || text.contains("accessdenied")) {
                return PaimonError.DENIED;
            }
        }
        return PaimonError.STORAGE;
    }

    private static String nextStep(PaimonError error) {
        return switch (error) {
            case DISK_FULL -> "Free space under the warehouse; the pipeline goes on from its last checkpoint.";
            case DENIED ->
                "Give the user that runs the pipeline the right to write to the warehouse, then start again.";
            case COMMIT_UNKNOWN ->
                "Nothing to do: the restart asks the table what it shows and completes the checkpoint.";
            default -> "If it does not pass by itself, look at the storage of the warehouse and at the cause.";
        };
    }

    /** The innermost message, which is the one that says something. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause.getCause() != null && depth < MAX_CAUSES; depth++) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
