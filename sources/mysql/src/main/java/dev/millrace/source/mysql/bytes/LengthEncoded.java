package dev.millrace.source.mysql.bytes;

import dev.millrace.source.mysql.failure.ProtocolFailure;

/** The protocol's numbers of one to nine bytes, where they count bytes that lie in one array. */
public final class LengthEncoded {
    private LengthEncoded() {}

    /** How many bytes follow the number. */
    public static int value(byte[] source, int offset) {
        int first = source[offset] & 0xff;
        return switch (first) {
            case 251, 255 -> throw ProtocolFailure.of("A length begins with byte " + first);
            case 252 -> LittleEndian.uint2(source, offset + 1);
            case 253 -> LittleEndian.uint3(source, offset + 1);
            case 254 -> Math.toIntExact(LittleEndian.int8(source, offset + 1));
            default -> first;
        };
    }

    /** How many bytes the number itself takes. */
    public static int bytes(byte[] source, int offset) {
        return switch (source[offset] & 0xff) {
            case 252 -> 3;
            case 253 -> 4;
            case 254 -> 9;
            default -> 1;
        };
    }
}
