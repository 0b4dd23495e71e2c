package dev.millrace.schema;

import java.util.List;

/**
 * A logical type: what a column's values mean, whatever database they come from. How each is laid out in memory is said
 * by {@code dev.millrace.model.ColumnVector}. Nullability belongs to the {@link Column}, or to the array's elements and
 * the struct's fields, never to the type.
 */
public sealed interface DataType {

    record Bool() implements DataType {}

    record Int8() implements DataType {}

    record Int16() implements DataType {}

    record Int32() implements DataType {}

    record Int64() implements DataType {}

    record Float32() implements DataType {}

    record Float64() implements DataType {}

    /** Exact numbers. Precision has no upper bound here: sinks that stop at 38 digits say so themselves. */
    record Decimal(int precision, int scale) implements DataType {
        /** The most digits whose unscaled value always fits a {@code long}. */
        public static final int MAX_LONG_PRECISION = 18;

        public Decimal {
            if (precision < 1 || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("decimal(" + precision + ", " + scale + ")");
            }
        }
    }

    /** Text of exactly {@code length} characters (Unicode code points), padded by the database with blanks. */
    record Char(int length) implements DataType {}

    /** Text of at most {@code length} characters (Unicode code points). */
    record Varchar(int length) implements DataType {}

    /** Text without a bound. */
    record Text() implements DataType {}

    record Binary() implements DataType {}

    /** A day of the proleptic Gregorian calendar, without a zone. */
    record Date() implements DataType {}

    /** A time of day with {@code precision} (0 to 6) digits of fraction; 24:00:00 is a value of its own. */
    record Time(int precision) implements DataType {}

    /** Date and time of day without a zone, {@code precision} 0 to 6. */
    record Timestamp(int precision) implements DataType {}

    /** An instant, {@code precision} 0 to 6. */
    record TimestampTz(int precision) implements DataType {}

    record Uuid() implements DataType {}

    /** JSON text as the database gives it. */
    record Json() implements DataType {}

    record Array(DataType element, boolean elementNullable) implements DataType {}

    /** Keys are unique and not null; their order means nothing. */
    record MapOf(DataType key, DataType value, boolean valueNullable) implements DataType {}

    record Struct(List<Field> fields) implements DataType {
        public Struct {
            fields = List.copyOf(fields);
        }

        public record Field(String name, DataType type, boolean nullable) {}
    }
}
