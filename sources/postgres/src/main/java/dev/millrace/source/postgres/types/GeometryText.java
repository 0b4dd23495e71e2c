package dev.millrace.source.postgres.types;

/** The server's own geometric types as it prints them. Each method is a {@link TextForm}. */
final class GeometryText {
    private static final int POINT = 16;

    private GeometryText() {}

    static void point(byte[] source, int offset, int length, StringBuilder out) {
        points(source, offset, 1, out);
    }

    static void line(byte[] source, int offset, int length, StringBuilder out) {
        out.append('{');
        for (int i = 0; i < 3; i++) {
            FloatText.full(number(source, offset + 8 * i), out.append(i == 0 ? "" : ","));
        }
        out.append('}');
    }

    static void segment(byte[] source, int offset, int length, StringBuilder out) {
        points(source, offset, 2, out.append('['));
        out.append(']');
    }

    static void box(byte[] source, int offset, int length, StringBuilder out) {
        points(source, offset, 2, out);
    }

    static void path(byte[] source, int offset, int length, StringBuilder out) {
        boolean closed = source[offset] != 0;
        points(source, offset + 5, BigEndian.int4(source, offset + 1), out.append(closed ? '(' : '['));
        out.append(closed ? ')' : ']');
    }

    static void polygon(byte[] source, int offset, int length, StringBuilder out) {
        points(source, offset + 4, BigEndian.int4(source, offset), out.append('('));
        out.append(')');
    }

    static void circle(byte[] source, int offset, int length, StringBuilder out) {
        points(source, offset, 1, out.append('<'));
        FloatText.full(number(source, offset + POINT), out.append(','));
        out.append('>');
    }

    private static void points(byte[] source, int offset, int count, StringBuilder out) {
        for (int i = 0; i < count; i++) {
            FloatText.full(number(source, offset + POINT * i), out.append(i == 0 ? "(" : ",("));
            FloatText.full(number(source, offset + POINT * i + 8), out.append(','));
            out.append(')');
        }
    }

    private static double number(byte[] source, int offset) {
        return Double.longBitsToDouble(BigEndian.int8(source, offset));
    }
}
