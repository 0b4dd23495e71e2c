package dev.millrace.source.mysql.types;

import dev.millrace.model.BytesVector;
import dev.millrace.model.DoubleVector;
import dev.millrace.model.LongVector;
import dev.millrace.model.VectorBuilder;
import dev.millrace.source.mysql.bytes.LittleEndian;

/** Numbers whose bytes are the cell, or nearly so. Each method is a {@link CellDecoder}. */
final class NumberDecoders {
    private static final int FIRST_YEAR = 1900;

    private NumberDecoders() {}

    static int int1(byte[] source, int offset, VectorBuilder target) {
        ((LongVector.Builder) target).append(source[offset]);
        return offset + 1;
    }

    static int uint1(byte[] source, int offset, VectorBuilder target) {
        ((LongVector.Builder) target).append(source[offset] & 0xff);
        return offset + 1;
    }

    static int int2(byte[] source, int offset, VectorBuilder target) {
        ((LongVector.Builder) target).append(LittleEndian.int2(source, offset));
        return offset + 2;
    }

    static int uint2(byte[] source, int offset, VectorBuilder target) {
        ((LongVector.Builder) target).append(LittleEndian.uint2(source, offset));
        return offset + 2;
    }

    static int int3(byte[] source, int offset, VectorBuilder target) {
        ((LongVector.Builder) target).append(LittleEndian.int3(source, offset));
        return offset + 3;
    }

    static int uint3(byte[] source, int offset, VectorBuilder target) {
        ((LongVector.Builder) target).append(LittleEndian.uint3(source, offset));
        return offset + 3;
    }

    static int int4(byte[] source, int offset, VectorBuilder target) {
        ((LongVector.Builder) target).append(LittleEndian.int4(source, offset));
        return offset + 4;
    }

    static int uint4(byte[] source, int offset, VectorBuilder target) {
        ((LongVector.Builder) target).append(LittleEndian.uint4(source, offset));
        return offset + 4;
    }

    static int int8(byte[] source, int offset, VectorBuilder target) {
        ((LongVector.Builder) target).append(LittleEndian.int8(source, offset));
        return offset + 8;
    }

    /** As an unscaled decimal: a leading zero byte keeps it positive. */
    static int uint8(byte[] source, int offset, VectorBuilder target) {
        BytesVector.Builder bytes = (BytesVector.Builder) target;
        bytes.append((byte) 0);
        for (int i = 7; i >= 0; i--) {
            bytes.append(source[offset + i]);
        }
        bytes.endCell();
        return offset + 8;
    }

    static int float4(byte[] source, int offset, VectorBuilder target) {
        ((DoubleVector.Builder) target).append(Float.intBitsToFloat(LittleEndian.int4(source, offset)));
        return offset + 4;
    }

    static int float8(byte[] source, int offset, VectorBuilder target) {
        ((DoubleVector.Builder) target).append(Double.longBitsToDouble(LittleEndian.int8(source, offset)));
        return offset + 8;
    }

    /** 1901 to 2155, and 0. */
    static int year(byte[] source, int offset, VectorBuilder target) {
        int year = source[offset] & 0xff;
        ((LongVector.Builder) target).append(year == 0 ? 0 : FIRST_YEAR + year);
        return offset + 1;
    }

    static CellDecoder decimal(PackedDecimal form) {
        int length = form.length();
        return (source, offset, target) -> {
            ((LongVector.Builder) target).append(form.unscaled(source, offset));
            return offset + length;
        };
    }

    static CellDecoder wideDecimal(PackedDecimal form) {
        int length = form.length();
        return (source, offset, target) -> {
            byte[] unscaled = form.wideUnscaled(source, offset).toByteArray();
            ((BytesVector.Builder) target).appendCell(unscaled, 0, unscaled.length);
            return offset + length;
        };
    }
}
