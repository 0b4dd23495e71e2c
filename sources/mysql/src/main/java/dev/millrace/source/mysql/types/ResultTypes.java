package dev.millrace.source.mysql.types;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.DataType;

/**
 * Which logical type a column of a result becomes, and how its values are read: the same as from the log. Results have to come in
 * the columns' own character sets ({@code character_set_results = NULL}) and in the zone UTC.
 */
public final class ResultTypes {
    private final TextForms texts;
    private final TypePolicy policy;

    public ResultTypes(TextForms texts, TypePolicy policy) {
        this.texts = texts;
        this.policy = policy;
    }

    /** @throws MillraceException where no lossless mapping exists, naming the column and its type */
    public MappedType map(ResultColumn column) {
        return switch (column.code()) {
            case StorageType.TINY,
                    StorageType.SHORT,
                    StorageType.LONG,
                    StorageType.LONGLONG,
                    StorageType.FLOAT,
                    StorageType.DOUBLE -> NumberTypes.map(column.code(), column.isUnsigned());
            case StorageType.INT24 -> new MappedType(new DataType.Int32(), NumberDecoders::int4);
            case StorageType.DECIMAL -> decimal(column);
            case StorageType.YEAR -> new MappedType(new DataType.Int32(), ResultDecoders::year);
            case StorageType.BIT ->
                column.size().length() == 1
                        ? new MappedType(new DataType.Bool(), ResultDecoders.prefixed(ResultDecoders::bit))
                        : new MappedType(new DataType.Binary(), ResultDecoders.prefixed(ResultDecoders::bytes));
            case StorageType.GEOMETRY ->
                new MappedType(new DataType.Binary(), ResultDecoders.prefixed(ResultDecoders::geometry));
            case StorageType.JSON ->
                new MappedType(new DataType.Json(), ResultDecoders.prefixed(ResultDecoders::bytes));
            case StorageType.STRING, StorageType.VAR_STRING, StorageType.BLOB -> characters(column);
            default -> times(column);
        };
    }

    private MappedType times(ResultColumn column) {
        TimeCells cells = new TimeCells(policy);
        int digits = column.size().decimals();
        DataType time = policy.times() == TypePolicy.Times.TEXT ? new DataType.Text() : new DataType.Time(digits);
        return switch (column.code()) {
            case StorageType.DATE -> new MappedType(new DataType.Date(), ResultDecoders.date(cells));
            case StorageType.TIME -> new MappedType(time, ResultDecoders.time(cells, digits));
            case StorageType.DATETIME -> new MappedType(new DataType.Timestamp(digits), ResultDecoders.dateTime(cells));
            case StorageType.TIMESTAMP ->
                new MappedType(new DataType.TimestampTz(digits), ResultDecoders.dateTime(cells));
            default ->
                throw Refusal.type(
                        "Column " + column.name() + " comes as type " + column.code() + ", which is not known here.");
        };
    }

    /** The length counts a place for the sign, and one for the point. */
    private static MappedType decimal(ResultColumn column) {
        int scale = column.size().decimals();
        int sign = column.isUnsigned() ? 0 : 1;
        int point = scale == 0 ? 0 : 1;
        int precision = Math.toIntExact(column.size().length()) - sign - point;
        return new MappedType(
                new DataType.Decimal(precision, scale),
                ResultDecoders.prefixed(
                        precision <= DataType.Decimal.MAX_LONG_PRECISION
                                ? ResultDecoders::decimal
                                : ResultDecoders::wideDecimal));
    }

    private MappedType characters(ResultColumn column) {
        if (column.collation() == TextForms.BINARY && !column.isEnumOrSet()) {
            return new MappedType(new DataType.Binary(), ResultDecoders.prefixed(ResultDecoders::bytes));
        }
        TextForm form = texts.ofCollation(column.collation())
                .orElseThrow(() -> Refusal.type("Column " + column.name() + " has collation number "
                        + column.collation() + ", which the server does not list."));
        return new MappedType(
                new DataType.Text(),
                ResultDecoders.prefixed(
                        form instanceof TextForm.Utf8 ? ResultDecoders::bytes : ResultDecoders.text(form)));
    }
}
