package dev.millrace.runtime.file;

import dev.millrace.error.MillraceException;
import dev.millrace.runtime.RuntimeCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;

/** Puts a failed file operation into words. */
final class FileFailure {
    private FileFailure() {}

    static MillraceException of(String action, Path path, IOException e) {
        String message = "Can't " + action + " " + path + ": " + reason(e) + ".";
        String reason = reason(e).toLowerCase(Locale.ROOT);
        if (e instanceof AccessDeniedException
                || reason.contains("read-only")
                || reason.contains("permission denied")) {
            return new MillraceException(
                    RuntimeCode.STATE_ACCESS, message, "Give this process the right to write to the folder.", e);
        }
        String nextStep = reason.contains("no space")
                ? "Free some space on the disk; nothing is lost, the last checkpoint stays valid."
                : "Check the disk; the last checkpoint stays valid.";
        return new MillraceException(RuntimeCode.STATE_IO, message, nextStep, e);
    }

    static MillraceException of(String action, Path path, ReadOnlyFileSystemException e) {
        return of(action, path, new IOException("read-only file system", e));
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
