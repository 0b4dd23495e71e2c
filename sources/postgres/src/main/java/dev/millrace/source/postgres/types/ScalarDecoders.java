package dev.millrace.source.postgres.types;

import dev.millrace.model.BytesVector;
import dev.millrace.model.DoubleVector;
import dev.millrace.model.LongVector;
import dev.millrace.model.VectorBuilder;

/** Values whose bytes are the cell, or nearly so. Each method is a {@link CellDecoder}. */
final class ScalarDecoders {
    private static final byte[] ZERO = {0};

    private ScalarDecoders() {}

    static void bool(byte[] source, int offset, int length, VectorBuilder target) {
        ((LongVector.Builder) target).append(source[offset]);
    }

    static void int2(byte[] source, int offset, int length, VectorBuilder target) {
        ((LongVector.Builder) target).append(BigEndian.int2(source, offset));
    }

    static void int4(byte[] source, int offset, int length, VectorBuilder target) {
        ((LongVector.Builder) target).append(BigEndian.int4(source, offset));
    }

    static void int8(byte[] source, int offset, int length, VectorBuilder target) {
        ((LongVector.Builder) target).append(BigEndian.int8(source, offset));
    }

    static void unsigned4(byte[] source, int offset, int length, VectorBuilder target) {
        ((LongVector.Builder) target).append(Integer.toUnsignedLong(BigEndian.int4(source, offset)));
    }

    /** 64 bits without a sign as an unscaled decimal: a leading zero byte keeps it positive. */
    static void unsigned8(byte[] source, int offset, int length, VectorBuilder target) {
        BytesVector.Builder bytes = (BytesVector.Builder) target;
        bytes.append(ZERO, 0, 1);
        bytes.appendCell(source, offset, Long.BYTES);
    }

    /** 64 bits with a sign as an unscaled decimal. */
    static void wide8(byte[] source, int offset, int length, VectorBuilder target) {
        ((BytesVector.Builder) target).appendCell(source, offset, Long.BYTES);
    }

    static void float4(byte[] source, int offset, int length, VectorBuilder target) {
        ((DoubleVector.Builder) target).append(Float.intBitsToFloat(BigEndian.int4(source, offset)));
    }

    static void float8(byte[] source, int offset, int length, VectorBuilder target) {
        ((DoubleVector.Builder) target).append(Double.longBitsToDouble(BigEndian.int8(source, offset)));
    }

    static void bytes(byte[] source, int offset, int length, VectorBuilder target) {
        ((BytesVector.Builder) target).appendCell(source, offset, length);
    }
}
