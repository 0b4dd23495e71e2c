package dev.millrace.source.postgres.connection;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.failure.PostgresError;
import java.sql.SQLException;
import java.util.Objects;

/** From the driver's errors to ours: what a person has to look at, and what the engine may try. */
public final class PostgresFailure {
    private PostgresFailure() {}

    /** A session could not be opened. */
    public static MillraceException connecting(ServerAddress server, SQLException cause) {
        String state = state(cause);
        if (state.startsWith("28") || state.equals("3D000") || state.equals("42501")) {
            return new MillraceException(
                    PostgresError.LOGIN,
                    "PostgreSQL at " + server + " refuses the login of " + server.user() + ": " + reason(cause),
                    "Correct 'username', 'password' or the database in 'tables', or the server's pg_hba.conf.",
                    cause);
        }
        if (state.equals("53300")) {
            return new MillraceException(
                    PostgresError.CONNECTION,
                    "PostgreSQL at " + server + " has no connection left: " + reason(cause),
                    "Raise max_connections (or max_wal_senders), or end sessions that are not needed.",
                    cause);
        }
        return new MillraceException(
                PostgresError.CONNECTION,
                "PostgreSQL at " + server + " can't be reached: " + reason(cause),
                "See that the server runs and that 'hostname', 'port' and 'sslmode' are right.",
                cause);
    }

    /** The same failure where nothing says that the address was ever right: final, if no server answered. */
    public static MillraceException atFirst(MillraceException failure) {
        if (failure.code() == PostgresError.CONNECTION
                && failure.getCause() instanceof SQLException cause
                && state(cause).startsWith("08")) {
            return new MillraceException(
                    PostgresError.ADDRESS, String.valueOf(failure.getMessage()), failure.nextStep(), cause);
        }
        return failure;
    }

    /**
     * A statement failed.
     *
     * @param doing what was being done, to follow "while": {@code reading table shop.public.orders}
     */
    public static MillraceException during(String doing, SQLException cause) {
        String state = state(cause);
        if (state.startsWith("08") || state.startsWith("57P") || state.isEmpty()) {
            return new MillraceException(
                    PostgresError.CONNECTION,
                    "The connection to PostgreSQL broke while " + doing + ": " + cause.getMessage(),
                    "Reading goes on from the last checkpoint once the server can be reached.",
                    cause);
        }
        if (state.equals("42501")) {
            return new MillraceException(
                    PostgresError.PRIVILEGE,
                    "A right is missing while " + doing + ": " + cause.getMessage(),
                    "'cdc check FILE' names the GRANT that is missing.",
                    cause);
        }
        if (state.equals("42P01") || state.equals("42703")) {
            return new MillraceException(
                    PostgresError.SCHEMA,
                    "A table or column vanished while " + doing + ": " + cause.getMessage(),
                    "Undo the change at the source, or drop the pipeline ('cdc drop'),"
                            + " remove its tables from the sink and start anew.",
                    cause);
        }
        return new MillraceException(
                PostgresError.STATEMENT,
                "PostgreSQL failed while " + doing + ": " + cause.getMessage() + " (SQLSTATE " + state + ")",
                "Read the server's log for the cause.",
                cause);
    }

    /** The driver's message often says only that it failed, and what lies at the root why. */
    private static String reason(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return message.contains(String.valueOf(root.getMessage()))
                ? message
                : message + " (" + root.getClass().getSimpleName() + ": " + root.getMessage() + ")";
    }

    private static String state(SQLException cause) {
        return Objects.requireNonNullElse(cause.getSQLState(), "");
    }
}
