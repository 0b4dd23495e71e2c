package dev.millrace.testkit;

import dev.millrace.model.ArrayVector;
import dev.millrace.model.BytesVector;
import dev.millrace.model.ColumnVector;
import dev.millrace.model.DoubleVector;
import dev.millrace.model.LongVector;
import dev.millrace.model.MapVector;
import dev.millrace.model.StructVector;
import dev.millrace.schema.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A cell as text, the same for every connector: numbers in decimal, dates and times in ISO-8601, binary in hexadecimal,
 * {@code [a, b]} for lists, <code>{k=v}</code> for maps (by key) and structs, {@code null}, {@code unchanged}.
 */
public final class CellText {
    private static final long MICROS_A_SECOND = 1_000_000;
    private static final long MICROS_A_DAY = 86_400 * MICROS_A_SECOND;

    private CellText() {}

    public static String of(DataType type, ColumnVector cells, int row) {
        if (cells.isNull(row)) {
            return "null";
        }
        if (cells.isUnchanged(row)) {
            return "unchanged";
        }
        return switch (cells) {
            case LongVector longs -> ofLong(type, longs.get(row));
            case DoubleVector doubles ->
                type instanceof DataType.Float32
                        ? Float.toString((float) doubles.get(row))
                        : Double.toString(doubles.get(row));
            case BytesVector bytes -> ofBytes(type, bytes.copy(row));
            case ArrayVector arrays ->
                elements((DataType.Array) type, arrays, row).toString();
            case MapVector maps -> entries((DataType.MapOf) type, maps, row);
            case StructVector structs -> fields((DataType.Struct) type, structs, row);
        };
    }

    private static String ofLong(DataType type, long value) {
        return switch (type) {
            case DataType.Bool b -> value == 0 ? "false" : "true";
            case DataType.Date d -> LocalDate.ofEpochDay(value).toString();
            case DataType.Time t ->
                value == MICROS_A_DAY
                        ? "24:00"
                        : LocalTime.ofNanoOfDay(value * 1_000).toString();
            case DataType.Timestamp t ->
                LocalDateTime.ofInstant(instant(value), ZoneOffset.UTC).toString();
            case DataType.TimestampTz t -> instant(value).toString();
            case DataType.Decimal d -> BigDecimal.valueOf(value, d.scale()).toPlainString();
            default -> Long.toString(value);
        };
    }

    private static String ofBytes(DataType type, byte[] bytes) {
        return switch (type) {
            case DataType.Binary b -> HexFormat.of().formatHex(bytes);
            case DataType.Uuid u -> {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                yield new UUID(buffer.getLong(), buffer.getLong()).toString();
            }
            case DataType.Decimal d -> new BigDecimal(new BigInteger(bytes), d.scale()).toPlainString();
            default -> new String(bytes, StandardCharsets.UTF_8);
        };
    }

    private static List<String> elements(DataType.Array type, ArrayVector arrays, int row) {
        return IntStream.range(arrays.start(row), arrays.end(row))
                .mapToObj(i -> of(type.element(), arrays.elements(), i))
                .toList();
    }

    private static String entries(DataType.MapOf type, MapVector maps, int row) {
        return IntStream.range(maps.start(row), maps.end(row))
                .mapToObj(i -> of(type.key(), maps.keys(), i) + "=" + of(type.value(), maps.values(), i))
                .sorted()
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String fields(DataType.Struct type, StructVector structs, int row) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < type.fields().size(); i++) {
            DataType.Struct.Field field = type.fields().get(i);
            fields.add(field.name() + "=" + of(field.type(), structs.fields().get(i), row));
        }
        return "{" + String.join(", ", fields) + "}";
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
