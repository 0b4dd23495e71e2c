package dev.millrace.source.mysql.types;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.DataType;
import java.util.List;

/** Which logical type each storage type becomes, and how its values are read from the log. */
public final class StoredTypes {
    private static final int LONGEST_LABEL = 8;
    private final TextForms texts;
    private final TypePolicy policy;

    public StoredTypes(TextForms texts, TypePolicy policy) {
        this.texts = texts;
        this.policy = policy;
    }

    /** @throws MillraceException where no lossless mapping exists, naming the column and its type */
    public MappedType map(StoredColumn column) {
        StorageType storage = column.storage();
        boolean unsigned = column.details().unsigned();
        return switch (storage.code()) {
            case StorageType.TINY,
                    StorageType.SHORT,
                    StorageType.LONG,
                    StorageType.LONGLONG,
                    StorageType.FLOAT,
                    StorageType.DOUBLE -> NumberTypes.map(storage.code(), unsigned);
            case StorageType.INT24 ->
                new MappedType(new DataType.Int32(), unsigned ? NumberDecoders::uint3 : NumberDecoders::int3);
            case StorageType.DECIMAL -> decimal(storage.metadata() & 0xff, storage.metadata() >> 8);
            case StorageType.YEAR -> new MappedType(new DataType.Int32(), NumberDecoders::year);
            case StorageType.BIT -> bits(storage);
            case StorageType.STRING, StorageType.VARCHAR, StorageType.BLOB -> characters(column);
            case StorageType.ENUM, StorageType.SET -> labels(column);
            case StorageType.JSON -> new MappedType(new DataType.Json(), new JsonDecoder(storage.lengthBytes()));
            case StorageType.GEOMETRY ->
                new MappedType(new DataType.Binary(), BytesDecoders.geometry(storage.lengthBytes()));
            default -> times(column);
        };
    }

    private MappedType times(StoredColumn column) {
        TimeDecoders decoders = new TimeDecoders(new TimeCells(policy));
        int digits = column.storage().metadata();
        DataType time = policy.times() == TypePolicy.Times.TEXT ? new DataType.Text() : new DataType.Time(digits);
        return switch (column.storage().code()) {
            case StorageType.DATE -> new MappedType(new DataType.Date(), decoders.date());
            case StorageType.TIME -> new MappedType(time, decoders.oldTime());
            case StorageType.TIME2 -> new MappedType(time, decoders.time(digits));
            case StorageType.DATETIME -> new MappedType(new DataType.Timestamp(0), decoders.oldDateTime());
            case StorageType.DATETIME2 -> new MappedType(new DataType.Timestamp(digits), decoders.dateTime(digits));
            case StorageType.TIMESTAMP -> new MappedType(new DataType.TimestampTz(0), decoders.oldTimestamp());
            case StorageType.TIMESTAMP2 -> new MappedType(new DataType.TimestampTz(digits), decoders.timestamp(digits));
            default ->
                throw Refusal.type("Column " + column.name() + " is stored as type "
                        + column.storage().code() + ", which is not known here.");
        };
    }

    private static MappedType decimal(int precision, int scale) {
        PackedDecimal form = new PackedDecimal(precision, scale);
        return new MappedType(
                new DataType.Decimal(precision, scale),
                precision <= DataType.Decimal.MAX_LONG_PRECISION
                        ? NumberDecoders.decimal(form)
                        : NumberDecoders.wideDecimal(form));
    }

    private static MappedType bits(StorageType storage) {
        return storage.bits() == 1
                ? new MappedType(new DataType.Bool(), BytesDecoders::bit)
                : new MappedType(new DataType.Binary(), BytesDecoders.bits(storage.bitBytes()));
    }

    private MappedType characters(StoredColumn column) {
        StorageType storage = column.storage();
        int lengthBytes = storage.lengthBytes();
        if (column.details().collation() == TextForms.BINARY) {
            return new MappedType(
                    new DataType.Binary(),
                    storage.code() == StorageType.STRING
                            ? BytesDecoders.padded(lengthBytes, storage.metadata())
                            : BytesDecoders.asTheyAre(lengthBytes));
        }
        TextForm form = texts.ofCollation(column.details().collation()).orElseThrow(() -> unknownCollation(column));
        return new MappedType(
                new DataType.Text(),
                form instanceof TextForm.Utf8
                        ? BytesDecoders.asTheyAre(lengthBytes)
                        : BytesDecoders.text(lengthBytes, form));
    }

    private MappedType labels(StoredColumn column) {
        StoredColumn.Details details = column.details();
        List<byte[]> labels =
                texts.labels(details.collation(), details.labels()).orElseThrow(() -> unknownCollation(column));
        int length = Math.min(column.storage().metadata(), LONGEST_LABEL);
        return new MappedType(
                new DataType.Text(),
                column.storage().code() == StorageType.ENUM
                        ? LabelDecoders.one(length, labels)
                        : LabelDecoders.several(length, labels));
    }

    private static MillraceException unknownCollation(StoredColumn column) {
        return Refusal.type("Column " + column.name() + " has collation number "
                + column.details().collation() + ", which the server does not list.");
    }
}
