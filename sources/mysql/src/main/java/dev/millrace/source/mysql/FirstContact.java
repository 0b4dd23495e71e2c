package dev.millrace.source.mysql;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.failure.MySqlError;
import java.io.IOException;

/** What it means that no server answers where none ever did. */
final class FirstContact {
    private FirstContact() {}

    /** The same failure where nothing says that the address was ever right: final, if no server answered. */
    static MillraceException failed(MillraceException failure) {
        if (failure.code() == MySqlError.CONNECTION && failure.getCause() instanceof IOException cause) {
            return new MillraceException(
                    MySqlError.ADDRESS, String.valueOf(failure.getMessage()), failure.nextStep(), cause);
        }
        return failure;
    }
}
