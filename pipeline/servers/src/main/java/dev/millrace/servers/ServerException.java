package dev.millrace.servers;

import org.jspecify.annotations.Nullable;

/**
 * A server, a program or a fixture could not do what was asked; the message holds the cause and, where known, the cure.
 */
public final class ServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ServerException(String message) {
        this(message, null);
    }

    public ServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
