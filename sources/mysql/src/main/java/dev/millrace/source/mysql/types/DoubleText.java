package dev.millrace.source.mysql.types;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers of double precision as MySQL prints them inside JSON. */
final class DoubleText {
    /** Beyond so many digits before the point, or zeros behind it, an exponent is written. */
    private static final int LONGEST_PLAIN = 15;

    private DoubleText() {}

    static String of(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale();
        String sign = value < 0 ? "-" : "";
        if (point > LONGEST_PLAIN || point <= -LONGEST_PLAIN) {
            String rest = digits.length() == 1 ? "" : "." + digits.substring(1);
            return sign + digits.charAt(0) + rest + "e" + (point - 1);
        }
        String plain = shortest.toPlainString();
        return sign + plain + (plain.indexOf('.') < 0 ? ".0" : "");
    }

    /** Java writes at least two digits, and then the nearest two, where one would do. */
    private static BigDecimal shortest(double positive) {
        BigDecimal java = new BigDecimal(Double.toString(positive)).stripTrailingZeros();
        if (java.precision() == 2) {
            BigDecimal one = java.round(new MathContext(1));
            if (one.doubleValue() == positive) {
                return one.stripTrailingZeros();
            }
        }
        return java;
    }
}
