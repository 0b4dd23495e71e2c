package dev.millrace.source.postgres.types;

import dev.millrace.model.BytesVector;
import dev.millrace.model.VectorBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;

/** {@code numeric} of more than 18 digits as unscaled bytes in two's complement. */
final class WideDecimalDecoder implements CellDecoder {
    /** As many digits to the base 10,000 as a {@code long} takes. */
    private static final int LONG_DIGITS = 4;

    private static final BigInteger LONG_BASE = BigInteger.TEN.pow(4 * LONG_DIGITS);
    private final int scale;

    WideDecimalDecoder(int scale) {
        this.scale = scale;
    }

    @Override
    public void decode(byte[] source, int offset, int length, VectorBuilder target) {
        int sign = Numeric.sign(source, offset);
        if (sign > Numeric.NEGATIVE) {
            throw Numeric.refused(source, offset);
        }
        int fraction = 4 * (Numeric.count(source, offset) - 1 - Numeric.weight(source, offset));
        BigInteger unscaled = rescaled(digits(source, offset), fraction, source, offset);
        byte[] bytes = (sign == Numeric.NEGATIVE ? unscaled.negate() : unscaled).toByteArray();
        ((BytesVector.Builder) target).appendCell(bytes, 0, bytes.length);
    }

    private BigInteger rescaled(BigInteger digits, int fraction, byte[] source, int offset) {
        try {
            return new BigDecimal(digits, fraction).setScale(scale).unscaledValue();
        } catch (ArithmeticException roundingNeeded) {
            throw Numeric.refused(source, offset);
        }
    }

    private static BigInteger digits(byte[] source, int offset) {
        int count = Numeric.count(source, offset);
        BigInteger value = BigInteger.ZERO;
        long part = 0;
        for (int i = 0; i < count; i++) {
            part = part * 10_000 + BigEndian.int2(source, offset + Numeric.DIGITS + 2 * i);
            int held = i % LONG_DIGITS + 1;
            if (held == LONG_DIGITS || i == count - 1) {
                BigInteger base = held == LONG_DIGITS ? LONG_BASE : BigInteger.TEN.pow(4 * held);
                value = value.multiply(base).add(BigInteger.valueOf(part));
                part = 0;
            }
        }
        return value;
    }
}
