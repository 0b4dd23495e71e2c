package dev.millrace.source.mysql.types;

import dev.millrace.source.mysql.bytes.LittleEndian;

/**
 * How the log stores a column's values. {@code CHAR}, {@code ENUM} and {@code SET} share a code in the log and have their own
 * here.
 *
 * @param code     one of the constants
 * @param metadata what the code needs to be read: a length, a number of digits
 */
public record StorageType(int code, int metadata) {
    public static final int TINY = 1;
    public static final int SHORT = 2;
    public static final int LONG = 3;
    public static final int FLOAT = 4;
    public static final int DOUBLE = 5;
    public static final int TIMESTAMP = 7;
    public static final int LONGLONG = 8;
    public static final int INT24 = 9;
    public static final int DATE = 10;
    public static final int TIME = 11;
    public static final int DATETIME = 12;
    public static final int YEAR = 13;
    public static final int VARCHAR = 15;
    public static final int BIT = 16;
    public static final int TIMESTAMP2 = 17;
    public static final int DATETIME2 = 18;
    public static final int TIME2 = 19;
    public static final int VECTOR = 242;
    public static final int JSON = 245;
    public static final int DECIMAL = 246;
    public static final int ENUM = 247;
    public static final int SET = 248;
    public static final int BLOB = 252;
    public static final int VAR_STRING = 253;
    public static final int STRING = 254;
    public static final int GEOMETRY = 255;
    /** MariaDB's compressed columns. */
    public static final int BLOB_COMPRESSED = 140;

    public static final int VARCHAR_COMPRESSED = 141;

    private static final int NO_LENGTH_BITS = 0x30;

    /** How many bytes of metadata a table map holds for a code. */
    public static int metadataLength(int code) {
        return switch (code) {
            case VARCHAR, VARCHAR_COMPRESSED, BIT, STRING, VAR_STRING, DECIMAL, ENUM, SET -> 2;
            case BLOB, BLOB_COMPRESSED, FLOAT, DOUBLE, GEOMETRY, JSON, VECTOR, TIMESTAMP2, DATETIME2, TIME2 -> 1;
            default -> 0;
        };
    }

    /** Reads the metadata that a table map holds for a code. */
    public static StorageType read(int code, byte[] source, int offset) {
        return switch (metadataLength(code)) {
            case 0 -> new StorageType(code, 0);
            case 1 -> new StorageType(code, source[offset] & 0xff);
            default ->
                code == STRING || code == VAR_STRING || code == ENUM || code == SET
                        ? string(source[offset] & 0xff, source[offset + 1] & 0xff)
                        : new StorageType(code, LittleEndian.uint2(source, offset));
        };
    }

    /** The first byte is the real type; lengths beyond 255 bytes hide two of their bits in it, inverted. */
    private static StorageType string(int first, int second) {
        if ((first & NO_LENGTH_BITS) != NO_LENGTH_BITS) {
            return new StorageType(STRING, second | ((first & NO_LENGTH_BITS) ^ NO_LENGTH_BITS) << 4);
        }
        return new StorageType(first == VAR_STRING ? STRING : first, second);
    }

    public boolean isNumeric() {
        return switch (code) {
            case TINY, SHORT, INT24, LONG, LONGLONG, DECIMAL, FLOAT, DOUBLE -> true;
            default -> false;
        };
    }

    /**
     * Whether the log says a character set for it, {@code binary} included.
     *
     * @param mariaDb whose log says one for geometries too
     */
    public boolean isText(boolean mariaDb) {
        return switch (code) {
            case STRING, VARCHAR, BLOB, BLOB_COMPRESSED, VARCHAR_COMPRESSED -> true;
            case GEOMETRY -> mariaDb;
            default -> false;
        };
    }

    public boolean isEnumOrSet() {
        return code == ENUM || code == SET;
    }

    /** Where the value that begins at the offset ends: for columns that nobody wants. */
    public int end(byte[] source, int offset) {
        return switch (code) {
            case TINY, YEAR -> offset + 1;
            case SHORT -> offset + 2;
            case INT24, DATE, TIME -> offset + 3;
            case LONG, FLOAT, TIMESTAMP -> offset + 4;
            case LONGLONG, DOUBLE, DATETIME -> offset + 8;
            case TIMESTAMP2 -> offset + 4 + (metadata + 1) / 2;
            case DATETIME2 -> offset + 5 + (metadata + 1) / 2;
            case TIME2 -> offset + 3 + (metadata + 1) / 2;
            case DECIMAL -> offset + PackedDecimal.length(metadata & 0xff, metadata >> 8);
            case BIT -> offset + bitBytes();
            case ENUM, SET -> offset + metadata;
            case VARCHAR, VARCHAR_COMPRESSED, STRING, BLOB, BLOB_COMPRESSED, JSON, GEOMETRY, VECTOR ->
                offset + lengthBytes() + (int) LittleEndian.unsigned(source, offset, lengthBytes());
            default -> throw new IllegalArgumentException("storage type " + code);
        };
    }

    /** How many bytes say a value's length. */
    int lengthBytes() {
        return switch (code) {
            case VARCHAR, VARCHAR_COMPRESSED, STRING -> metadata > 255 ? 2 : 1;
            default -> metadata;
        };
    }

    public int bits() {
        return (metadata >> 8) * 8 + (metadata & 0xff);
    }

    int bitBytes() {
        return (bits() + 7) / 8;
    }
}
