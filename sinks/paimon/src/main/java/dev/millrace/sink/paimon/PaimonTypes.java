package dev.millrace.sink.paimon;

import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.DecimalType;
import org.apache.paimon.types.RowType;

/**
 * Which Paimon type holds which logical type without loss. Where Paimon has none (decimals beyond 38 digits, times of day
 * finer than milliseconds, uuid, JSON) the value is kept as text, in the one spelling that {@link TextForm} gives.
 */
final class PaimonTypes {
    /** Paimon keeps a time of day in milliseconds. */
    static final int MAX_TIME_PRECISION = 3;

    private PaimonTypes() {}

    /** @param nextFieldId ids for the fields of nested rows */
    static org.apache.paimon.types.DataType of(Column column, AtomicInteger nextFieldId) {
        return of(column.type(), column.nullable(), nextFieldId);
    }

    /** Whether the type is kept as text though it is none. */
    static boolean asText(DataType type) {
        return switch (type) {
            case DataType.Uuid u -> true;
            case DataType.Time time -> time.precision() > MAX_TIME_PRECISION;
            case DataType.Decimal decimal -> decimal.precision() > DecimalType.MAX_PRECISION;
            case DataType.Bool b -> false;
            case DataType.Int8 i -> false;
            case DataType.Int16 i -> false;
            case DataType.Int32 i -> false;
            case DataType.Int64 i -> false;
            case DataType.Float32 f -> false;
            case DataType.Float64 f -> false;
            case DataType.Char c -> false;
            case DataType.Varchar v -> false;
            case DataType.Text t -> false;
            case DataType.Json j -> false;
            case DataType.Binary b -> false;
            case DataType.Date d -> false;
            case DataType.Timestamp t -> false;
            case DataType.TimestampTz t -> false;
            case DataType.Array a -> false;
            case DataType.MapOf m -> false;
            case DataType.Struct s -> false;
        };
    }

    private static org.apache.paimon.types.DataType of(DataType type, boolean nullable, AtomicInteger nextFieldId) {
        return (asText(type) ? DataTypes.STRING() : nullable(type, nextFieldId)).copy(nullable);
    }

    private static org.apache.paimon.types.DataType nullable(DataType type, AtomicInteger nextFieldId) {
        return switch (type) {
            case DataType.Bool b -> DataTypes.BOOLEAN();
            case DataType.Int8 i -> DataTypes.TINYINT();
            case DataType.Int16 i -> DataTypes.SMALLINT();
            case DataType.Int32 i -> DataTypes.INT();
            case DataType.Int64 i -> DataTypes.BIGINT();
            case DataType.Float32 f -> DataTypes.FLOAT();
            case DataType.Float64 f -> DataTypes.DOUBLE();
            case DataType.Decimal d -> DataTypes.DECIMAL(d.precision(), d.scale());
            case DataType.Char c -> DataTypes.CHAR(Math.max(1, c.length()));
            case DataType.Varchar v -> DataTypes.VARCHAR(Math.max(1, v.length()));
            case DataType.Text t -> DataTypes.STRING();
            case DataType.Json j -> DataTypes.STRING();
            case DataType.Uuid u -> DataTypes.STRING();
            case DataType.Binary b -> DataTypes.BYTES();
            case DataType.Date d -> DataTypes.DATE();
            case DataType.Time t -> DataTypes.TIME(t.precision());
            case DataType.Timestamp t -> DataTypes.TIMESTAMP(t.precision());
            case DataType.TimestampTz t -> DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(t.precision());
            case DataType.Array a -> DataTypes.ARRAY(of(a.element(), a.elementNullable(), nextFieldId));
            case DataType.MapOf m ->
                DataTypes.MAP(of(m.key(), false, nextFieldId), of(m.value(), m.valueNullable(), nextFieldId));
            case DataType.Struct s ->
                new RowType(s.fields().stream()
                        .map(f -> new DataField(
                                nextFieldId.getAndIncrement(), f.name(), of(f.type(), f.nullable(), nextFieldId)))
                        .toList());
        };
    }
}
