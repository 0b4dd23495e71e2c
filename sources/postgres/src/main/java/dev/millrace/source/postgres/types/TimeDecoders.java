package dev.millrace.source.postgres.types;

import dev.millrace.error.MillraceException;
import dev.millrace.model.LongVector;
import dev.millrace.model.VectorBuilder;
import dev.millrace.source.postgres.failure.PostgresError;

/** Dates and times as numbers. Each method is a {@link CellDecoder}. The server counts from 2000-01-01, columns from 1970-01-01. */
final class TimeDecoders {
    static final int EPOCH_DAYS = 10_957;
    static final long EPOCH_MICROS = EPOCH_DAYS * 86_400_000_000L;

    private TimeDecoders() {}

    static void date(byte[] source, int offset, int length, VectorBuilder target) {
        int days = BigEndian.int4(source, offset);
        if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
            throw infinite("date", days > 0);
        }
        ((LongVector.Builder) target).append((long) days + EPOCH_DAYS);
    }

    static void time(byte[] source, int offset, int length, VectorBuilder target) {
        ((LongVector.Builder) target).append(BigEndian.int8(source, offset));
    }

    static void timestamp(byte[] source, int offset, int length, VectorBuilder target) {
        long micros = BigEndian.int8(source, offset);
        if (micros > Long.MAX_VALUE - EPOCH_MICROS || micros == Long.MIN_VALUE) {
            throw outOfRange(micros);
        }
        ((LongVector.Builder) target).append(micros + EPOCH_MICROS);
    }

    private static MillraceException outOfRange(long micros) {
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return infinite("timestamp", micros > 0);
        }
        return new MillraceException(
                PostgresError.VALUE,
                "A timestamp after the year 294246 does not fit 64 bits of microseconds since 1970.",
                "Correct the row at the source, or leave the table out with 'tables.exclude'.");
    }

    private static MillraceException infinite(String type, boolean positive) {
        return new MillraceException(
                PostgresError.VALUE,
                "The " + type + " '" + (positive ? "infinity" : "-infinity")
                        + "' has no place in a column of points in time.",
                "Correct the row at the source (null, or a far date), or leave the table out with 'tables.exclude'.");
    }
}
