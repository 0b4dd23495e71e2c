package dev.millrace.source.postgres.types;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Floating-point numbers as the server prints them: the shortest digits that read back to the same number. */
final class FloatText {
    private static final int FIXED_DIGITS_FULL = 15;
    private static final int FIXED_DIGITS_SINGLE = 6;

    private FloatText() {}

    static void full(byte[] source, int offset, int length, StringBuilder out) {
        full(Double.longBitsToDouble(BigEndian.int8(source, offset)), out);
    }

    static void single(byte[] source, int offset, int length, StringBuilder out) {
        float value = Float.intBitsToFloat(BigEndian.int4(source, offset));
        if (!special(value, out)) {
            BigDecimal digits = new BigDecimal(Float.toString(Math.abs(value)));
            BigDecimal one = digits.round(new MathContext(1, RoundingMode.HALF_EVEN));
            print(value < 0, one.floatValue() == Math.abs(value) ? one : digits, FIXED_DIGITS_SINGLE, out);
        }
    }

    static void full(double value, StringBuilder out) {
        if (!special(value, out)) {
            // Java always prints two digits, also where one would do.
            BigDecimal digits = new BigDecimal(Double.toString(Math.abs(value)));
            BigDecimal one = digits.round(new MathContext(1, RoundingMode.HALF_EVEN));
            print(value < 0, one.doubleValue() == Math.abs(value) ? one : digits, FIXED_DIGITS_FULL, out);
        }
    }

    private static boolean special(double value, StringBuilder out) {
        if (Double.isNaN(value)) {
            out.append("NaN");
        } else if (Double.isInfinite(value)) {
            out.append(value > 0 ? "Infinity" : "-Infinity");
        } else if (value == 0) {
            out.append(1 / value < 0 ? "-0" : "0");
        } else {
            return false;
        }
        return true;
    }

    private static void print(boolean negative, BigDecimal value, int fixedDigits, StringBuilder out) {
        BigDecimal digits = value.stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        out.append(negative ? "-" : "");
        if (exponent >= -4 && exponent < fixedDigits) {
            out.append(digits.toPlainString());
            return;
        }
        String text = digits.unscaledValue().toString();
        out.append(text.charAt(0));
        if (text.length() > 1) {
            out.append('.').append(text, 1, text.length());
        }
        int size = Math.abs(exponent);
        out.append('e')
                .append(exponent < 0 ? '-' : '+')
                .append(size < 10 ? "0" : "")
                .append(size);
    }
}
