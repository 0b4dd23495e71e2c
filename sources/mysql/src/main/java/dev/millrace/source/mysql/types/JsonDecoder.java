package dev.millrace.source.mysql.types;

import dev.millrace.model.BytesVector;
import dev.millrace.model.VectorBuilder;
import dev.millrace.source.mysql.bytes.LittleEndian;
import dev.millrace.source.mysql.failure.ProtocolFailure;
import java.nio.charset.StandardCharsets;

/** MySQL's binary form of JSON, as the text that the server prints. */
record JsonDecoder(int lengthBytes) implements CellDecoder {
    private static final int SMALL_OBJECT = 0;
    private static final int LARGE_OBJECT = 1;
    private static final int SMALL_ARRAY = 2;
    private static final int LARGE_ARRAY = 3;
    private static final int LITERAL = 4;
    private static final int INT_2 = 5;
    private static final int UINT_2 = 6;
    private static final int INT_4 = 7;
    private static final int UINT_4 = 8;
    private static final int INT_8 = 9;
    private static final int UINT_8 = 10;
    private static final int DOUBLE = 11;
    private static final int STRING = 12;
    private static final int OPAQUE = 15;
    private static final int KEY_LENGTH = 2;

    @Override
    public int decode(byte[] source, int offset, VectorBuilder target) {
        int start = offset + lengthBytes;
        int end = start + BytesDecoders.length(source, offset, lengthBytes);
        BytesVector.Builder text = (BytesVector.Builder) target;
        if (start == end) {
            // What the server makes of a missing value that may not be null.
            append("null", text);
        } else {
            value(source[start], source, start + 1, text);
        }
        text.endCell();
        return end;
    }

    private static void value(int type, byte[] source, int at, BytesVector.Builder text) {
        switch (type) {
            case SMALL_OBJECT -> members(source, at, 2, true, text);
            case LARGE_OBJECT -> members(source, at, 4, true, text);
            case SMALL_ARRAY -> members(source, at, 2, false, text);
            case LARGE_ARRAY -> members(source, at, 4, false, text);
            case LITERAL -> append(literal(source[at]), text);
            case INT_2 -> append(Integer.toString(LittleEndian.int2(source, at)), text);
            case UINT_2 -> append(Integer.toString(LittleEndian.uint2(source, at)), text);
            case INT_4 -> append(Integer.toString(LittleEndian.int4(source, at)), text);
            case UINT_4 -> append(Long.toString(LittleEndian.uint4(source, at)), text);
            case INT_8 -> append(Long.toString(LittleEndian.int8(source, at)), text);
            case UINT_8 -> append(Long.toUnsignedString(LittleEndian.int8(source, at)), text);
            case DOUBLE -> append(DoubleText.of(Double.longBitsToDouble(LittleEndian.int8(source, at))), text);
            case STRING -> {
                int length = VariableLength.value(source, at);
                JsonText.quoted(source, at + VariableLength.bytes(source, at), length, text);
            }
            case OPAQUE -> {
                int length = VariableLength.value(source, at + 1);
                int from = at + 1 + VariableLength.bytes(source, at + 1);
                JsonText.opaque(source[at] & 0xff, source, from, length, text);
            }
            default -> throw ProtocolFailure.of("A JSON value is of type " + type);
        }
    }

    /**
     * An object or an array: how many members, how long all is, for an object where each key is and how long, then a type and
     * a value, or where it is, of each member. Places are counted from the beginning.
     */
    private static void members(byte[] source, int start, int width, boolean object, BytesVector.Builder text) {
        int count = (int) LittleEndian.unsigned(source, start, width);
        int keys = start + 2 * width;
        int values = object ? keys + count * (width + KEY_LENGTH) : keys;
        text.append((byte) (object ? '{' : '['));
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                append(", ", text);
            }
            if (object) {
                int key = keys + i * (width + KEY_LENGTH);
                int from = start + (int) LittleEndian.unsigned(source, key, width);
                JsonText.quoted(source, from, LittleEndian.uint2(source, key + width), text);
                append(": ", text);
            }
            int value = values + i * (1 + width);
            int type = source[value];
            boolean inside = type == LITERAL
                    || type == INT_2
                    || type == UINT_2
                    || width == 4 && (type == INT_4 || type == UINT_4);
            int at = inside ? value + 1 : start + (int) LittleEndian.unsigned(source, value + 1, width);
            value(type, source, at, text);
        }
        text.append((byte) (object ? '}' : ']'));
    }

    private static String literal(int value) {
        return switch (value) {
            case 0 -> "null";
            case 1 -> "true";
            case 2 -> "false";
            default -> throw ProtocolFailure.of("A JSON literal is " + value);
        };
    }

    private static void append(String ascii, BytesVector.Builder text) {
        byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
        text.append(bytes, 0, bytes.length);
    }
}
