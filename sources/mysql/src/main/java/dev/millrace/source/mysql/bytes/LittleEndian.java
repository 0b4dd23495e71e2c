package dev.millrace.source.mysql.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers with the lowest byte first: the protocol's, and most of the log's. */
public final class LittleEndian {
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private LittleEndian() {}

    public static short int2(byte[] source, int offset) {
        return (short) SHORT.get(source, offset);
    }

    public static int uint2(byte[] source, int offset) {
        return int2(source, offset) & 0xffff;
    }

    public static int int3(byte[] source, int offset) {
        return uint2(source, offset) | source[offset + 2] << 16;
    }

    public static int uint3(byte[] source, int offset) {
        return int3(source, offset) & 0xffffff;
    }

    public static int int4(byte[] source, int offset) {
        return (int) INT.get(source, offset);
    }

    public static long uint4(byte[] source, int offset) {
        return Integer.toUnsignedLong(int4(source, offset));
    }

    public static long uint6(byte[] source, int offset) {
        return uint4(source, offset) | (long) uint2(source, offset + 4) << 32;
    }

    public static long int8(byte[] source, int offset) {
        return (long) LONG.get(source, offset);
    }

    /** A number of 1 to 8 bytes without a sign. */
    public static long unsigned(byte[] source, int offset, int length) {
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | source[offset + i] & 0xff;
        }
        return value;
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }
}
