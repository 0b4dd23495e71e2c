package dev.millrace.source.postgres.types;

import dev.millrace.model.LongVector;
import dev.millrace.model.VectorBuilder;

/** {@code numeric} of up to 18 digits as an unscaled {@code long}. */
final class DecimalDecoder implements CellDecoder {
    private static final long[] TENS = tens();
    private final int scale;

    DecimalDecoder(int scale) {
        this.scale = scale;
    }

    @Override
    public void decode(byte[] source, int offset, int length, VectorBuilder target) {
        int sign = Numeric.sign(source, offset);
        if (sign > Numeric.NEGATIVE) {
            throw Numeric.refused(source, offset);
        }
        long value = unscaled(source, offset);
        ((LongVector.Builder) target).append(sign == Numeric.NEGATIVE ? -value : value);
    }

    private long unscaled(byte[] source, int offset) {
        int count = Numeric.count(source, offset);
        if (count == 0) {
            return 0;
        }
        int end = offset + Numeric.DIGITS + 2 * count;
        long value = 0;
        for (int at = offset + Numeric.DIGITS; at < end - 2; at += 2) {
            value = value * 10_000 + BigEndian.int2(source, at);
        }
        // The last digit may carry zeros beyond the scale: they go before they can overflow.
        int last = BigEndian.int2(source, end - 2);
        int shift = scale - 4 * (count - 1 - Numeric.weight(source, offset));
        if (shift >= 0) {
            return (value * 10_000 + last) * TENS[shift];
        }
        if (shift <= -4 || last % TENS[-shift] != 0) {
            throw Numeric.refused(source, offset);
        }
        return value * TENS[4 + shift] + last / TENS[-shift];
    }

    private static long[] tens() {
        long[] tens = new long[19];
        tens[0] = 1;
        for (int i = 1; i < tens.length; i++) {
            tens[i] = 10 * tens[i - 1];
        }
        return tens;
    }
}
