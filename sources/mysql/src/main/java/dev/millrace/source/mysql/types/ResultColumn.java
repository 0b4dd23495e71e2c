package dev.millrace.source.mysql.types;

/**
 * A column of a prepared statement's result, as the server describes it.
 *
 * @param code      the type's number in the protocol
 * @param collation of the bytes that are sent
 * @param flags     bits of the column's definition
 */
public record ResultColumn(String name, int code, int collation, int flags, Size size) {
    private static final int UNSIGNED = 0x20;
    private static final int ENUM = 0x100;
    private static final int SET = 0x800;

    /**
     * @param length   the most bytes that a value takes as text, or the bits of a {@code BIT}
     * @param decimals digits behind the point, or of a fraction of a second
     */
    public record Size(long length, int decimals) {}

    boolean isUnsigned() {
        return (flags & UNSIGNED) != 0;
    }

    boolean isEnumOrSet() {
        return (flags & (ENUM | SET)) != 0;
    }
}
