package dev.millrace.source.mysql.bytes;

/** Numbers with the highest byte first: the log's decimals, times and bits. */
public final class BigEndian {
    private BigEndian() {}

    /** A number of 0 to 8 bytes without a sign. */
    public static long unsigned(byte[] source, int offset, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | source[offset + i] & 0xff;
        }
        return value;
    }
}
