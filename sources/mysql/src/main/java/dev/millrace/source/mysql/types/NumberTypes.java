package dev.millrace.source.mysql.types;

import dev.millrace.schema.DataType;

/** Numbers that have one form in the log and in results. */
final class NumberTypes {
    private NumberTypes() {}

    /** @param code one of TINY, SHORT, LONG, LONGLONG, FLOAT, DOUBLE of {@link StorageType} */
    static MappedType map(int code, boolean unsigned) {
        return switch (code) {
            case StorageType.TINY ->
                unsigned
                        ? new MappedType(new DataType.Int16(), NumberDecoders::uint1)
                        : new MappedType(new DataType.Int8(), NumberDecoders::int1);
            case StorageType.SHORT ->
                unsigned
                        ? new MappedType(new DataType.Int32(), NumberDecoders::uint2)
                        : new MappedType(new DataType.Int16(), NumberDecoders::int2);
            case StorageType.LONG ->
                unsigned
                        ? new MappedType(new DataType.Int64(), NumberDecoders::uint4)
                        : new MappedType(new DataType.Int32(), NumberDecoders::int4);
            case StorageType.LONGLONG ->
                unsigned
                        ? new MappedType(new DataType.Decimal(20, 0), NumberDecoders::uint8)
                        : new MappedType(new DataType.Int64(), NumberDecoders::int8);
            case StorageType.FLOAT -> new MappedType(new DataType.Float32(), NumberDecoders::float4);
            case StorageType.DOUBLE -> new MappedType(new DataType.Float64(), NumberDecoders::float8);
            default -> throw new IllegalArgumentException("type " + code + " has no common form");
        };
    }
}
