package dev.millrace.source.postgres.types;

/** {@code numeric} as the server prints it. */
final class NumericText {
    private NumericText() {}

    static void render(byte[] source, int offset, int length, StringBuilder out) {
        switch (Numeric.sign(source, offset)) {
            case Numeric.NAN -> out.append("NaN");
            case Numeric.INFINITY -> out.append("Infinity");
            case Numeric.NEGATIVE_INFINITY -> out.append("-Infinity");
            case Numeric.NEGATIVE -> finite(source, offset, out.append('-'));
            default -> finite(source, offset, out);
        }
    }

    private static void finite(byte[] source, int offset, StringBuilder out) {
        int weight = Numeric.weight(source, offset);
        out.append(weight < 0 ? 0 : digit(source, offset, 0));
        for (int i = 1; i <= weight; i++) {
            fourDigits(digit(source, offset, i), out);
        }
        int scale = Numeric.printScale(source, offset);
        if (scale > 0) {
            out.append('.');
            int end = out.length() + scale;
            for (int i = weight + 1; out.length() < end; i++) {
                fourDigits(digit(source, offset, i), out);
            }
            out.setLength(end);
        }
    }

    private static int digit(byte[] source, int offset, int index) {
        boolean held = index >= 0 && index < Numeric.count(source, offset);
        return held ? BigEndian.uint2(source, offset + Numeric.DIGITS + 2 * index) : 0;
    }

    private static void fourDigits(int digit, StringBuilder out) {
        out.append((char) ('0' + digit / 1000))
                .append((char) ('0' + digit / 100 % 10))
                .append((char) ('0' + digit / 10 % 10))
                .append((char) ('0' + digit % 10));
    }
}
