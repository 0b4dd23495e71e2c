package dev.millrace.source.postgres.types;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers as PostgreSQL sends them. */
public final class BigEndian {
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private BigEndian() {}

    public static short int2(byte[] source, int offset) {
        return (short) SHORT.get(source, offset);
    }

    public static int uint2(byte[] source, int offset) {
        return int2(source, offset) & 0xffff;
    }

    public static int int4(byte[] source, int offset) {
        return (int) INT.get(source, offset);
    }

    public static long int8(byte[] source, int offset) {
        return (long) LONG.get(source, offset);
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
    }
}
