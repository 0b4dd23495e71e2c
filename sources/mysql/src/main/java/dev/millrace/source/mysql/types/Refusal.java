package dev.millrace.source.mysql.types;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.failure.MySqlError;

/** Values and types that can't be held exactly. */
final class Refusal {
    private Refusal() {}

    static MillraceException value(String what, String nextStep) {
        return new MillraceException(MySqlError.VALUE, what, nextStep);
    }

    static MillraceException type(String what) {
        return new MillraceException(
                MySqlError.TYPE,
                what,
                "Leave the table out with 'tables.exclude', or give the column a type of the manual's list.");
    }
}
