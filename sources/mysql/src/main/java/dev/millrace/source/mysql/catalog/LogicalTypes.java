package dev.millrace.source.mysql.catalog;

import dev.millrace.schema.DataType;
import dev.millrace.source.mysql.types.TypePolicy;
import java.util.Optional;

/** Which logical type each type of the catalog becomes. */
final class LogicalTypes {
    private LogicalTypes() {}

    /** Empty where there is no lossless mapping. */
    static Optional<DataType> of(ColumnType type, TypePolicy policy) {
        if (type.text().endsWith("COMPRESSED*/")) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch (type.name()) {
                    case "tinyint" -> tinyint(type, policy);
                    case "smallint" -> type.isUnsigned() ? new DataType.Int32() : new DataType.Int16();
                    case "mediumint", "year" -> new DataType.Int32();
                    case "int" -> type.isUnsigned() ? new DataType.Int64() : new DataType.Int32();
                    case "bigint" -> type.isUnsigned() ? new DataType.Decimal(20, 0) : new DataType.Int64();
                    case "decimal" ->
                        new DataType.Decimal(
                                type.size().precision(), type.size().scale());
                    case "float" -> new DataType.Float32();
                    case "double" -> new DataType.Float64();
                    case "bit" -> type.size().precision() == 1 ? new DataType.Bool() : new DataType.Binary();
                    case "date", "time", "datetime", "timestamp" -> time(type, policy);
                    case "char", "varchar" ->
                        new DataType.Varchar(
                                Math.max(1, Math.toIntExact(type.size().characters())));
                    case "tinytext", "text", "mediumtext", "longtext", "enum", "set", "inet4", "inet6" ->
                        new DataType.Text();
                    case "json" -> new DataType.Json();
                    case "uuid" -> new DataType.Uuid();
                    case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> new DataType.Binary();
                    default -> SpatialTypes.contain(type.name()) ? new DataType.Binary() : null;
                });
    }

    private static DataType tinyint(ColumnType type, TypePolicy policy) {
        if (type.isUnsigned()) {
            return new DataType.Int16();
        }
        return policy.tinyint1AsBoolean() && type.isTinyint1() ? new DataType.Bool() : new DataType.Int8();
    }

    private static DataType time(ColumnType type, TypePolicy policy) {
        int digits = type.size().precision();
        return switch (type.name()) {
            case "date" -> new DataType.Date();
            case "time" -> policy.times() == TypePolicy.Times.TEXT ? new DataType.Text() : new DataType.Time(digits);
            case "datetime" -> new DataType.Timestamp(digits);
            default -> new DataType.TimestampTz(digits);
        };
    }
}
