package dev.millrace.source.postgres.split;

import dev.millrace.source.postgres.types.BigEndian;
import dev.millrace.source.postgres.types.NumericOrder;
import java.util.Arrays;

/** How the server orders values of a key's column, told from their binary format. */
public enum KeyOrder {
    /** Whole numbers with a sign, all of the same length; dates and times are such numbers too. */
    SIGNED {
        @Override
        public int compare(byte[] bound, byte[] source, int offset, int length) {
            return Long.compare(signed(bound, 0, bound.length), signed(source, offset, length));
        }
    },
    /** Byte by byte without signs: {@code uuid}, {@code bytea}, texts under a collation that is plain bytes. */
    BYTES {
        @Override
        public int compare(byte[] bound, byte[] source, int offset, int length) {
            return Arrays.compareUnsigned(bound, 0, bound.length, source, offset, offset + length);
        }
    },
    NUMERIC {
        @Override
        public int compare(byte[] bound, byte[] source, int offset, int length) {
            return NumericOrder.compare(bound, 0, source, offset);
        }
    };

    /** Whether the bound comes before the value (negative), equals it (0) or comes after it. */
    public abstract int compare(byte[] bound, byte[] source, int offset, int length);

    private static long signed(byte[] source, int offset, int length) {
        return switch (length) {
            case 2 -> BigEndian.int2(source, offset);
            case 4 -> BigEndian.int4(source, offset);
            case 8 -> BigEndian.int8(source, offset);
            default -> throw new IllegalArgumentException("a whole number of " + length + " bytes");
        };
    }
}
