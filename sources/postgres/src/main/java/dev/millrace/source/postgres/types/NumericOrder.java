package dev.millrace.source.postgres.types;

import java.math.BigDecimal;

/** The server's order of {@code numeric}: infinities at both ends, and NaN, which equals itself, above all. */
public final class NumericOrder {
    private NumericOrder() {}

    /** Compares two values in binary format. */
    public static int compare(byte[] left, int leftOffset, byte[] right, int rightOffset) {
        int leftRank = rank(Numeric.sign(left, leftOffset));
        int rightRank = rank(Numeric.sign(right, rightOffset));
        return leftRank != rightRank || leftRank != 0
                ? Integer.compare(leftRank, rightRank)
                : finite(left, leftOffset).compareTo(finite(right, rightOffset));
    }

    private static int rank(int sign) {
        return switch (sign) {
            case Numeric.NEGATIVE_INFINITY -> -1;
            case Numeric.INFINITY -> 1;
            case Numeric.NAN -> 2;
            default -> 0;
        };
    }

    private static BigDecimal finite(byte[] source, int offset) {
        StringBuilder text = new StringBuilder();
        NumericText.render(source, offset, 0, text);
        return new BigDecimal(text.toString());
    }
}
