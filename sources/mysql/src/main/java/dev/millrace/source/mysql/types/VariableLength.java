package dev.millrace.source.mysql.types;

/** Lengths inside JSON: seven bits a byte, the lowest first; the eighth says that another byte follows. */
final class VariableLength {
    private static final int MORE = 0x80;

    private VariableLength() {}

    static int value(byte[] source, int offset) {
        int value = 0;
        int at = offset;
        for (int shift = 0; ; shift += 7) {
            value |= (source[at] & 0x7f) << shift;
            if ((source[at++] & MORE) == 0) {
                return value;
            }
        }
    }

    static int bytes(byte[] source, int offset) {
        int at = offset;
        while ((source[at] & MORE) != 0) {
            at++;
        }
        return at + 1 - offset;
    }
}
