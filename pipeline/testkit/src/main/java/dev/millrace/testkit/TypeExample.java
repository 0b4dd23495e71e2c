package dev.millrace.testkit;

import dev.millrace.model.ArrayVector;
import dev.millrace.model.BytesVector;
import dev.millrace.model.DoubleVector;
import dev.millrace.model.LongVector;
import dev.millrace.model.MapVector;
import dev.millrace.model.StructVector;
import dev.millrace.model.VectorBuilder;
import dev.millrace.schema.DataType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A value of a type, for round trips.
 *
 * @param append appends the value to a builder of the type
 * @param text   the value as {@link CellText} says it
 */
public record TypeExample(DataType type, Consumer<VectorBuilder> append, String text) {
    /** Values of every logical type, the extreme ones among them. */
    public static List<TypeExample> all() {
        return List.of(
                number(new DataType.Bool(), 1, "true"),
                number(new DataType.Bool(), 0, "false"),
                number(new DataType.Int8(), -128, "-128"),
                number(new DataType.Int16(), Short.MAX_VALUE, "32767"),
                number(new DataType.Int32(), Integer.MIN_VALUE, "-2147483648"),
                number(new DataType.Int64(), Long.MIN_VALUE, "-9223372036854775808"),
                floating(new DataType.Float32(), 0.1f, "0.1"),
                floating(new DataType.Float32(), Float.NEGATIVE_INFINITY, "-Infinity"),
                floating(new DataType.Float64(), Double.MIN_VALUE, "4.9E-324"),
                floating(new DataType.Float64(), Double.NaN, "NaN"),
                number(new DataType.Decimal(5, 2), -12345, "-123.45"),
                number(new DataType.Decimal(18, 0), 999_999_999_999_999_999L, "999999999999999999"),
                decimal(38, 10, "-1234567890123456789012345678.0123456789"),
                text(new DataType.Char(3), "ab "),
                text(new DataType.Varchar(4), "🐘é'\\"),
                text(new DataType.Text(), ""),
                text(new DataType.Text(), "line\nbreak, \"quotes\", tab\t, \u0001"),
                text(new DataType.Json(), "{\"a\": [1, null]}"),
                bytes(new DataType.Binary(), new byte[] {0, -1, 10}, "00ff0a"),
                uuid("01234567-89ab-cdef-0123-456789abcdef"),
                number(new DataType.Date(), -719_162, "0001-01-01"),
                number(new DataType.Date(), 2_932_896, "9999-12-31"),
                number(new DataType.Time(6), 86_399_999_999L, "23:59:59.999999"),
                number(new DataType.Timestamp(6), -1, "1969-12-31T23:59:59.999999"),
                number(new DataType.TimestampTz(6), 1_700_000_000_123_456L, "2023-11-14T22:13:20.123456Z"),
                array(),
                map(),
                struct());
    }

    private static TypeExample number(DataType type, long value, String text) {
        return new TypeExample(type, builder -> ((LongVector.Builder) builder).append(value), text);
    }

    private static TypeExample floating(DataType type, double value, String text) {
        return new TypeExample(type, builder -> ((DoubleVector.Builder) builder).append(value), text);
    }

    private static TypeExample bytes(DataType type, byte[] value, String text) {
        return new TypeExample(
                type, builder -> ((BytesVector.Builder) builder).appendCell(value, 0, value.length), text);
    }

    private static TypeExample text(DataType type, String value) {
        return bytes(type, value.getBytes(StandardCharsets.UTF_8), value);
    }

    private static TypeExample decimal(int precision, int scale, String text) {
        return bytes(
                new DataType.Decimal(precision, scale),
                new BigDecimal(text).unscaledValue().toByteArray(),
                text);
    }

    private static TypeExample uuid(String text) {
        UUID uuid = UUID.fromString(text);
        byte[] value = ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        return bytes(new DataType.Uuid(), value, text);
    }

    private static TypeExample array() {
        DataType type = new DataType.Array(new DataType.Int32(), true);
        Consumer<VectorBuilder> append = builder -> {
            ArrayVector.Builder cells = (ArrayVector.Builder) builder;
            ((LongVector.Builder) cells.elements()).append(1);
            cells.elements().appendNull();
            cells.endCell();
        };
        return new TypeExample(type, append, "[1, null]");
    }

    private static TypeExample map() {
        DataType type = new DataType.MapOf(new DataType.Text(), new DataType.Int64(), true);
        Consumer<VectorBuilder> append = builder -> {
            MapVector.Builder cells = (MapVector.Builder) builder;
            ((BytesVector.Builder) cells.keys()).appendCell(new byte[] {'k'}, 0, 1);
            ((LongVector.Builder) cells.values()).append(7);
            cells.endCell();
        };
        return new TypeExample(type, append, "{k=7}");
    }

    private static TypeExample struct() {
        DataType type = new DataType.Struct(List.of(
                new DataType.Struct.Field("a", new DataType.Int16(), true),
                new DataType.Struct.Field("b", new DataType.Text(), true)));
        Consumer<VectorBuilder> append = builder -> {
            StructVector.Builder cells = (StructVector.Builder) builder;
            ((LongVector.Builder) cells.fields().get(0)).append(5);
            cells.fields().get(1).appendNull();
            cells.endCell();
        };
        return new TypeExample(type, append, "{a=5, b=null}");
    }
}
