package dev.millrace.source.mysql.catalog;

import java.util.List;

/**
 * A column's type as the catalog describes it.
 *
 * @param name         lower case, without length: {@code int}, {@code varchar}; MariaDB's {@code JSON} is {@code json} here
 *                     too, though its server calls it {@code longtext}
 * @param text         the whole of it, as it stands in {@code CREATE TABLE}: {@code int(10) unsigned}
 * @param characterSet of a text; empty for what is none
 * @param collation    the same
 * @param labels       of an {@code ENUM} or {@code SET}, in their order
 */
public record ColumnType(
        String name, String text, String characterSet, String collation, Size size, List<String> labels) {
    public ColumnType {
        labels = List.copyOf(labels);
    }

    /**
     * How large values are; 0 where the type has no such size.
     *
     * @param characters the most that a text has
     * @param bytes      the most that a text or binary value has
     * @param precision  digits of a number, bits of a {@code BIT}, digits of a fraction of a second
     * @param scale      digits behind the point
     */
    public record Size(long characters, long bytes, int precision, int scale) {}

    public boolean isUnsigned() {
        return isNumber() && text.contains(" unsigned");
    }

    /** Whole numbers, {@code YEAR} among them. */
    public boolean isWholeNumber() {
        return switch (name) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "year" -> true;
            default -> false;
        };
    }

    /** What a sign or its absence says something about. */
    public boolean isNumber() {
        return switch (name) {
            case "decimal", "float", "double" -> true;
            default -> isWholeNumber();
        };
    }

    public boolean isEnumOrSet() {
        return name.equals("enum") || name.equals("set");
    }

    /** MySQL writes display widths only where they mean something; MariaDB always. */
    boolean isTinyint1() {
        return name.equals("tinyint") && text.startsWith("tinyint(1)") && !isUnsigned();
    }
}
