package dev.millrace.source.mysql.types;

import dev.millrace.source.mysql.bytes.BigEndian;
import java.math.BigInteger;

/**
 * The log's form of {@code DECIMAL}: nine digits in four bytes, the rest in as few as they need, on both sides of the point;
 * the first bit is the sign's, and a negative number has all bits inverted.
 */
record PackedDecimal(int precision, int scale) {
    private static final int GROUP = 9;
    private static final int[] BYTES = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};
    private static final long[] TENS = tens();

    /** How many bytes a value takes. */
    static int length(int precision, int scale) {
        return length(precision - scale) + length(scale);
    }

    private static int length(int digits) {
        return digits / GROUP * 4 + BYTES[digits % GROUP];
    }

    int length() {
        return length(precision, scale);
    }

    /** The unscaled value, of up to 18 digits. */
    long unscaled(byte[] source, int offset) {
        boolean negative = isNegative(source, offset);
        int whole = precision - scale;
        long value = 0;
        int at = offset;
        for (int digits = whole % GROUP, left = whole; left > 0; left -= digits, digits = GROUP) {
            digits = digits == 0 ? GROUP : digits;
            value = value * TENS[digits] + group(source, at, offset, digits, negative);
            at += BYTES[digits];
        }
        for (int left = scale; left > 0; ) {
            int digits = Math.min(left, GROUP);
            value = value * TENS[digits] + group(source, at, offset, digits, negative);
            at += BYTES[digits];
            left -= digits;
        }
        return negative ? -value : value;
    }

    /** The unscaled value, of any number of digits. */
    BigInteger wideUnscaled(byte[] source, int offset) {
        boolean negative = isNegative(source, offset);
        int whole = precision - scale;
        BigInteger value = BigInteger.ZERO;
        int at = offset;
        for (int digits = whole % GROUP, left = whole; left > 0; left -= digits, digits = GROUP) {
            digits = digits == 0 ? GROUP : digits;
            value = appended(value, digits, group(source, at, offset, digits, negative));
            at += BYTES[digits];
        }
        for (int left = scale; left > 0; ) {
            int digits = Math.min(left, GROUP);
            value = appended(value, digits, group(source, at, offset, digits, negative));
            at += BYTES[digits];
            left -= digits;
        }
        return negative ? value.negate() : value;
    }

    private static BigInteger appended(BigInteger value, int digits, long group) {
        return value.multiply(BigInteger.valueOf(TENS[digits])).add(BigInteger.valueOf(group));
    }

    private static boolean isNegative(byte[] source, int offset) {
        return (source[offset] & 0x80) == 0;
    }

    private static long group(byte[] source, int at, int first, int digits, boolean negative) {
        int length = BYTES[digits];
        long bits = BigEndian.unsigned(source, at, length);
        if (negative) {
            bits = ~bits & (1L << 8 * length) - 1;
        }
        // The sign's bit, which is set when read as a positive number.
        return at == first ? bits & ~(0x80L << 8 * (length - 1)) : bits;
    }

    private static long[] tens() {
        long[] tens = new long[GROUP + 1];
        tens[0] = 1;
        for (int i = 1; i < tens.length; i++) {
            tens[i] = 10 * tens[i - 1];
        }
        return tens;
    }
}
