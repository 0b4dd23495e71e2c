package dev.millrace.source.mysql.catalog;

import dev.millrace.source.mysql.types.StorageType;

/** What the log stores a type of the catalog as. */
final class StoredForm {
    private StoredForm() {}

    /** Whether values that the log stores so are of this type: nothing of it has changed between the log's place and the catalog's. */
    static boolean matches(ColumnType type, StorageType storage) {
        int metadata = storage.metadata();
        ColumnType.Size size = type.size();
        return switch (storage.code()) {
            case StorageType.TINY -> type.name().equals("tinyint");
            case StorageType.SHORT -> type.name().equals("smallint");
            case StorageType.INT24 -> type.name().equals("mediumint");
            case StorageType.LONG -> type.name().equals("int");
            case StorageType.LONGLONG -> type.name().equals("bigint");
            case StorageType.FLOAT -> type.name().equals("float");
            case StorageType.DOUBLE -> type.name().equals("double");
            case StorageType.DECIMAL ->
                type.name().equals("decimal") && metadata == (size.precision() | size.scale() << 8);
            case StorageType.BIT -> type.name().equals("bit") && storage.bits() == size.precision();
            case StorageType.YEAR -> type.name().equals("year");
            case StorageType.DATE -> type.name().equals("date");
            case StorageType.TIME, StorageType.TIME2 -> type.name().equals("time") && metadata == size.precision();
            case StorageType.DATETIME, StorageType.DATETIME2 ->
                type.name().equals("datetime") && metadata == size.precision();
            case StorageType.TIMESTAMP, StorageType.TIMESTAMP2 ->
                type.name().equals("timestamp") && metadata == size.precision();
            case StorageType.STRING -> fixed(type, metadata);
            case StorageType.VARCHAR ->
                (type.name().equals("varchar") || type.name().equals("varbinary")) && metadata == size.bytes();
            case StorageType.BLOB -> lengthBytes(type.name()) == metadata;
            case StorageType.ENUM -> type.name().equals("enum");
            case StorageType.SET -> type.name().equals("set");
            case StorageType.JSON -> type.name().equals("json");
            case StorageType.GEOMETRY -> SpatialTypes.contain(type.name());
            default -> false;
        };
    }

    private static boolean fixed(ColumnType type, int metadata) {
        return switch (type.name()) {
            case "char", "binary" -> metadata == type.size().bytes();
            case "uuid", "inet6" -> metadata == 16;
            case "inet4" -> metadata == 4;
            default -> false;
        };
    }

    /** Of what is stored behind a length of so many bytes; 0 for what is not. MariaDB's JSON is a long text. */
    private static int lengthBytes(String name) {
        return switch (name) {
            case "tinytext", "tinyblob" -> 1;
            case "text", "blob" -> 2;
            case "mediumtext", "mediumblob" -> 3;
            case "longtext", "longblob", "json" -> 4;
            default -> 0;
        };
    }
}
