package dev.millrace.source.mysql.types;

import dev.millrace.model.BytesVector;
import dev.millrace.model.LongVector;
import dev.millrace.model.VectorBuilder;
import dev.millrace.source.mysql.bytes.BigEndian;
import dev.millrace.source.mysql.bytes.LengthEncoded;
import dev.millrace.source.mysql.bytes.LittleEndian;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Values of prepared statements' results, as far as their form is another one than in the log. */
final class ResultDecoders {
    private static final long MICROS = 1_000_000;
    private static final int WITH_TIME = 7;
    private static final int WITH_FRACTION = 11;
    private static final int TIME_WITH_FRACTION = 12;

    private ResultDecoders() {}

    /** Adds what the bytes of one value mean, and ends the cell. */
    @FunctionalInterface
    interface Content {
        void append(byte[] source, int offset, int length, VectorBuilder target);
    }

    static CellDecoder prefixed(Content content) {
        return (source, offset, target) -> {
            int length = LengthEncoded.value(source, offset);
            int from = offset + LengthEncoded.bytes(source, offset);
            content.append(source, from, length, target);
            return from + length;
        };
    }

    static void bytes(byte[] source, int offset, int length, VectorBuilder target) {
        ((BytesVector.Builder) target).appendCell(source, offset, length);
    }

    static Content text(TextForm form) {
        return (source, offset, length, target) -> {
            BytesVector.Builder bytes = (BytesVector.Builder) target;
            form.append(source, offset, length, bytes);
            bytes.endCell();
        };
    }

    static void geometry(byte[] source, int offset, int length, VectorBuilder target) {
        BytesDecoders.appendGeometry(source, offset, length, (BytesVector.Builder) target);
    }

    static void bit(byte[] source, int offset, int length, VectorBuilder target) {
        ((LongVector.Builder) target).append(BigEndian.unsigned(source, offset, length));
    }

    /** Digits with a point at the column's own place, which therefore does not matter. */
    static void decimal(byte[] source, int offset, int length, VectorBuilder target) {
        boolean negative = source[offset] == '-';
        long value = 0;
        for (int at = negative ? offset + 1 : offset; at < offset + length; at++) {
            if (source[at] != '.') {
                value = 10 * value + source[at] - '0';
            }
        }
        ((LongVector.Builder) target).append(negative ? -value : value);
    }

    static void wideDecimal(byte[] source, int offset, int length, VectorBuilder target) {
        String digits = new String(source, offset, length, StandardCharsets.US_ASCII).replace(".", "");
        byte[] unscaled = new BigInteger(digits).toByteArray();
        ((BytesVector.Builder) target).appendCell(unscaled, 0, unscaled.length);
    }

    static int year(byte[] source, int offset, VectorBuilder target) {
        ((LongVector.Builder) target).append(LittleEndian.uint2(source, offset));
        return offset + 2;
    }

    static CellDecoder date(TimeCells cells) {
        return (source, offset, target) -> {
            cells.appendDay(day(source, offset), target);
            return offset + 1 + source[offset];
        };
    }

    /** {@code TIMESTAMP} too, as sessions have the zone UTC. */
    static CellDecoder dateTime(TimeCells cells) {
        return (source, offset, target) -> {
            int length = source[offset];
            long micros = length >= WITH_TIME ? clock(source, offset + 5) * MICROS : 0;
            if (length >= WITH_FRACTION) {
                micros += LittleEndian.uint4(source, offset + 8);
            }
            cells.appendDateTime(day(source, offset), micros, target);
            return offset + 1 + length;
        };
    }

    static CellDecoder time(TimeCells cells, int digits) {
        return (source, offset, target) -> {
            int length = source[offset];
            long micros = 0;
            boolean negative = false;
            if (length > 0) {
                negative = source[offset + 1] != 0;
                micros = (LittleEndian.uint4(source, offset + 2) * 86_400 + clock(source, offset + 6)) * MICROS;
            }
            if (length >= TIME_WITH_FRACTION) {
                micros += LittleEndian.uint4(source, offset + 9);
            }
            cells.appendTime(negative ? -micros : micros, digits, target);
            return offset + 1 + length;
        };
    }

    /** The digits of the date; a value of no bytes is all zeros. */
    private static long day(byte[] source, int offset) {
        return source[offset] == 0
                ? 0
                : LittleEndian.uint2(source, offset + 1) * 10_000L + source[offset + 3] * 100L + source[offset + 4];
    }

    private static long clock(byte[] source, int offset) {
        return (source[offset] * 60L + source[offset + 1]) * 60 + source[offset + 2];
    }
}
