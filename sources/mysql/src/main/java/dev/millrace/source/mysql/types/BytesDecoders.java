package dev.millrace.source.mysql.types;

import dev.millrace.model.BytesVector;
import dev.millrace.model.LongVector;
import dev.millrace.model.VectorBuilder;
import dev.millrace.source.mysql.bytes.LittleEndian;

/** Values that are bytes behind a length, and bits. */
final class BytesDecoders {
    private static final byte[] ZEROS = new byte[256];
    private static final int REFERENCE_SYSTEM = 4;
    private static final int GEOMETRY_HEAD = 5;
    /** The bit of a geometry's type that says that its reference system follows, in the extended well-known form. */
    private static final int HAS_REFERENCE_SYSTEM = 0x20;

    private BytesDecoders() {}

    /** The bytes as they are: binary data, or text in UTF-8. */
    static CellDecoder asTheyAre(int lengthBytes) {
        return (source, offset, target) -> {
            int length = length(source, offset, lengthBytes);
            int from = offset + lengthBytes;
            ((BytesVector.Builder) target).appendCell(source, from, length);
            return from + length;
        };
    }

    /** {@code BINARY(n)}: the log leaves its last zero bytes out. */
    static CellDecoder padded(int lengthBytes, int size) {
        return (source, offset, target) -> {
            int length = length(source, offset, lengthBytes);
            int from = offset + lengthBytes;
            BytesVector.Builder bytes = (BytesVector.Builder) target;
            bytes.append(source, from, length);
            for (int missing = size - length; missing > 0; missing -= ZEROS.length) {
                bytes.append(ZEROS, 0, Math.min(missing, ZEROS.length));
            }
            bytes.endCell();
            return from + length;
        };
    }

    static CellDecoder text(int lengthBytes, TextForm form) {
        return (source, offset, target) -> {
            int length = length(source, offset, lengthBytes);
            int from = offset + lengthBytes;
            BytesVector.Builder bytes = (BytesVector.Builder) target;
            form.append(source, from, length, bytes);
            bytes.endCell();
            return from + length;
        };
    }

    static CellDecoder geometry(int lengthBytes) {
        return (source, offset, target) -> {
            int length = length(source, offset, lengthBytes);
            appendGeometry(source, offset + lengthBytes, length, (BytesVector.Builder) target);
            return offset + lengthBytes + length;
        };
    }

    /** Reference system and well-known binary become extended well-known binary; system 0 is none. */
    static void appendGeometry(byte[] source, int offset, int length, BytesVector.Builder bytes) {
        int form = offset + REFERENCE_SYSTEM;
        int end = offset + length;
        if (LittleEndian.int4(source, offset) == 0) {
            bytes.appendCell(source, form, end - form);
        } else {
            // Stored geometries are little-endian: the highest byte of the type comes last.
            bytes.append(source, form, GEOMETRY_HEAD - 1);
            bytes.append((byte) (source[form + GEOMETRY_HEAD - 1] | HAS_REFERENCE_SYSTEM));
            bytes.append(source, offset, REFERENCE_SYSTEM);
            bytes.appendCell(source, form + GEOMETRY_HEAD, end - form - GEOMETRY_HEAD);
        }
    }

    /** {@code BIT(1)}. */
    static int bit(byte[] source, int offset, VectorBuilder target) {
        ((LongVector.Builder) target).append(source[offset] & 1);
        return offset + 1;
    }

    /** {@code BIT(n)}: its bytes, the highest first. */
    static CellDecoder bits(int length) {
        return (source, offset, target) -> {
            ((BytesVector.Builder) target).appendCell(source, offset, length);
            return offset + length;
        };
    }

    static int length(byte[] source, int offset, int lengthBytes) {
        return lengthBytes == 1 ? source[offset] & 0xff : (int) LittleEndian.unsigned(source, offset, lengthBytes);
    }
}
