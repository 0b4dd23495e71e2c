package dev.millrace.source.postgres.types;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.DataType;
import dev.millrace.source.postgres.catalog.PgColumn;
import dev.millrace.source.postgres.catalog.PgType;
import dev.millrace.source.postgres.failure.PostgresError;
import java.util.List;
import java.util.Optional;

/**
 * Which logical type each PostgreSQL type becomes, and how its values are read. The manual's table of types
 * ({@code docs/manual/postgres-types.md}) says the same for people.
 */
public final class TypeMapping {
    private TypeMapping() {}

    /** @throws MillraceException with {@link PostgresError#TYPE} where no lossless mapping exists, naming the type */
    public static MappedType map(PgColumn column) {
        return map(column.type(), column.modifier(), column.dimensions());
    }

    private static MappedType map(PgType type, int modifier, int dimensions) {
        return switch (type.kind()) {
            case DOMAIN -> map(type.of().orElseThrow(), type.modifier(), type.dimensions());
            case ARRAY -> array(map(type.of().orElseThrow(), modifier, 0), Math.max(1, dimensions));
            case ENUM -> text();
            case RANGE, MULTIRANGE -> rendered(textForm(type).orElseThrow(() -> refused(type)));
            case COMPOSITE -> struct(type);
            case BASE -> base(type, modifier);
        };
    }

    private static MappedType array(MappedType element, int dimensions) {
        DataType type = element.type();
        for (int i = 0; i < dimensions; i++) {
            type = new DataType.Array(type, true);
        }
        return new MappedType(type, new ArrayDecoder(element.decoder(), dimensions));
    }

    private static MappedType struct(PgType type) {
        List<MappedType> mapped = type.fields().stream()
                .map(field -> map(field.type(), field.modifier(), field.dimensions()))
                .toList();
        List<DataType.Struct.Field> fields = new java.util.ArrayList<>();
        for (int i = 0; i < mapped.size(); i++) {
            fields.add(new DataType.Struct.Field(
                    type.fields().get(i).name(), mapped.get(i).type(), true));
        }
        return new MappedType(
                new DataType.Struct(fields),
                new StructDecoder(mapped.stream().map(MappedType::decoder).toList()));
    }

    private static MappedType base(PgType type, int modifier) {
        if (type.isBuiltIn()) {
            return builtIn(type, modifier);
        }
        return switch (type.extension() + "." + type.name()) {
            case "citext.citext" -> text();
            case "hstore.hstore" ->
                new MappedType(new DataType.MapOf(new DataType.Text(), new DataType.Text(), true), new HstoreDecoder());
            case "ltree.ltree", "ltree.lquery", "ltree.ltxtquery" ->
                new MappedType(new DataType.Text(), new VersionedTextDecoder());
            case "postgis.geometry", "postgis.geography" ->
                new MappedType(new DataType.Binary(), ScalarDecoders::bytes);
            default -> throw refused(type);
        };
    }

    private static MappedType builtIn(PgType type, int modifier) {
        return switch (type.name()) {
            case "bool" -> new MappedType(new DataType.Bool(), ScalarDecoders::bool);
            case "int2" -> new MappedType(new DataType.Int16(), ScalarDecoders::int2);
            case "int4" -> new MappedType(new DataType.Int32(), ScalarDecoders::int4);
            case "int8" -> new MappedType(new DataType.Int64(), ScalarDecoders::int8);
            case "oid", "xid", "cid" -> new MappedType(new DataType.Int64(), ScalarDecoders::unsigned4);
            case "float4" -> new MappedType(new DataType.Float32(), ScalarDecoders::float4);
            case "float8" -> new MappedType(new DataType.Float64(), ScalarDecoders::float8);
            case "numeric" -> numeric(modifier);
            case "xid8" -> new MappedType(new DataType.Decimal(20, 0), ScalarDecoders::unsigned8);
            case "money" -> new MappedType(new DataType.Decimal(19, type.modifier()), ScalarDecoders::wide8);
            case "bpchar" ->
                modifier < 0 ? text() : new MappedType(new DataType.Char(modifier - 4), ScalarDecoders::bytes);
            case "varchar" ->
                modifier < 0 ? text() : new MappedType(new DataType.Varchar(modifier - 4), ScalarDecoders::bytes);
            case "text", "name", "xml" -> text();
            case "json" -> new MappedType(new DataType.Json(), ScalarDecoders::bytes);
            case "jsonb" -> new MappedType(new DataType.Json(), new VersionedTextDecoder());
            case "jsonpath" -> new MappedType(new DataType.Text(), new VersionedTextDecoder());
            case "bytea" -> new MappedType(new DataType.Binary(), ScalarDecoders::bytes);
            case "uuid" -> new MappedType(new DataType.Uuid(), ScalarDecoders::bytes);
            case "date" -> new MappedType(new DataType.Date(), TimeDecoders::date);
            case "time" -> new MappedType(new DataType.Time(fraction(modifier)), TimeDecoders::time);
            case "timestamp" -> new MappedType(new DataType.Timestamp(fraction(modifier)), TimeDecoders::timestamp);
            case "timestamptz" -> new MappedType(new DataType.TimestampTz(fraction(modifier)), TimeDecoders::timestamp);
            default -> rendered(textForm(type).orElseThrow(() -> refused(type)));
        };
    }

    private static MappedType numeric(int modifier) {
        if (modifier < 0) {
            return rendered(NumericText::render);
        }
        int precision = (modifier - 4) >> 16 & 0xffff;
        int scale = ((modifier - 4 & 0x7ff) ^ 1024) - 1024;
        int digits = Math.max(precision, scale) - Math.min(0, scale);
        DataType.Decimal type = new DataType.Decimal(digits, Math.max(0, scale));
        return new MappedType(
                type,
                digits <= DataType.Decimal.MAX_LONG_PRECISION
                        ? new DecimalDecoder(type.scale())
                        : new WideDecimalDecoder(type.scale()));
    }

    private static int fraction(int modifier) {
        return modifier < 0 ? 6 : modifier;
    }

    private static MappedType text() {
        return new MappedType(new DataType.Text(), ScalarDecoders::bytes);
    }

    private static MappedType rendered(TextForm form) {
        return new MappedType(new DataType.Text(), new TextFormDecoder(form));
    }

    /** How the server prints values of the type, where that can be told from their binary format alone. */
    static Optional<TextForm> textForm(PgType type) {
        return switch (type.kind()) {
            case DOMAIN -> textForm(type.base());
            case ENUM -> Optional.of(TextForm.TEXT);
            case RANGE -> textForm(type.of().orElseThrow()).map(RangeText::new);
            case MULTIRANGE -> textForm(type.of().orElseThrow()).map(MultirangeText::new);
            case ARRAY, COMPOSITE -> Optional.empty();
            case BASE ->
                type.isBuiltIn() || type.extension().equals("citext")
                        ? Optional.ofNullable(TextForms.BY_NAME.get(type.name()))
                        : Optional.empty();
        };
    }

    private static MillraceException refused(PgType type) {
        return new MillraceException(
                PostgresError.TYPE,
                "Type " + type + " has no lossless form here.",
                "Leave the table out with 'tables.exclude', or give the column a type of the manual's list, for example text.");
    }
}
