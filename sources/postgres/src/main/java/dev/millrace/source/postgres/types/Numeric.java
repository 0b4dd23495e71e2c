package dev.millrace.source.postgres.types;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.failure.PostgresError;

/**
 * The parts of a {@code numeric} in binary: number of digits to the base 10,000, weight of the first, sign, and how many
 * decimal digits of fraction to print; then the digits, of which leading and trailing zeros are left out.
 */
final class Numeric {
    static final int NEGATIVE = 0x4000;
    static final int NAN = 0xC000;
    static final int INFINITY = 0xD000;
    static final int NEGATIVE_INFINITY = 0xF000;
    static final int DIGITS = 8;

    private Numeric() {}

    static int count(byte[] source, int offset) {
        return BigEndian.uint2(source, offset);
    }

    static int weight(byte[] source, int offset) {
        return BigEndian.int2(source, offset + 2);
    }

    static int sign(byte[] source, int offset) {
        return BigEndian.uint2(source, offset + 4);
    }

    static int printScale(byte[] source, int offset) {
        return BigEndian.uint2(source, offset + 6);
    }

    static MillraceException refused(byte[] source, int offset) {
        StringBuilder text = new StringBuilder();
        NumericText.render(source, offset, 0, text);
        return new MillraceException(
                PostgresError.VALUE,
                "The numeric '" + text + "' can't be held by a decimal column.",
                "Correct the row at the source, or declare the column numeric without precision: it then becomes text.");
    }
}
