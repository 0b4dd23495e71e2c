package dev.millrace.source.mysql.bytes;

import dev.millrace.source.mysql.failure.ProtocolFailure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads a range of bytes from its begin to its end; what ends too early is an error of the protocol. */
public final class ByteReader {
    private final byte[] source;
    private final int end;
    private int at;

    public ByteReader(byte[] source, int start, int end) {
        this.source = source;
        this.at = start;
        this.end = end;
    }

    public int remaining() {
        return end - at;
    }

    /** The index in the array of what is read next. */
    public int at() {
        return at;
    }

    public int uint1() {
        return source[take(1)] & 0xff;
    }

    public int uint2() {
        return LittleEndian.uint2(source, take(2));
    }

    public int uint3() {
        return LittleEndian.uint3(source, take(3));
    }

    public long uint4() {
        return LittleEndian.uint4(source, take(4));
    }

    public long uint6() {
        return LittleEndian.uint6(source, take(6));
    }

    public long int8() {
        return LittleEndian.int8(source, take(8));
    }

    /** A length-encoded number; {@code NULL}'s mark (251) is not one. */
    public long lengthEncoded() {
        int first = uint1();
        return switch (first) {
            case 251, 255 -> throw ProtocolFailure.of("A length begins with byte " + first);
            case 252 -> uint2();
            case 253 -> uint3();
            case 254 -> int8();
            default -> first;
        };
    }

    /** A length-encoded number that counts bytes or columns here. */
    public int length() {
        long length = lengthEncoded();
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw ProtocolFailure.of("A length of " + Long.toUnsignedString(length) + " bytes");
        }
        return (int) length;
    }

    public byte[] bytes(int length) {
        int from = take(length);
        return Arrays.copyOfRange(source, from, from + length);
    }

    public String text(int length) {
        int from = take(length);
        return new String(source, from, length, StandardCharsets.UTF_8);
    }

    /** Text up to a zero byte, or up to the end. */
    public String zeroTerminated() {
        int stop = at;
        while (stop < end && source[stop] != 0) {
            stop++;
        }
        String text = text(stop - at);
        if (at < end) {
            at++;
        }
        return text;
    }

    public void skip(int length) {
        take(length);
    }

    private int take(int length) {
        if (length < 0 || length > end - at) {
            throw ProtocolFailure.of(length + " bytes are announced where " + (end - at) + " are left");
        }
        int from = at;
        at += length;
        return from;
    }
}
