package dev.millrace.sink.jsonl;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.model.ArrayVector;
import dev.millrace.model.BytesVector;
import dev.millrace.model.ColumnVector;
import dev.millrace.model.DoubleVector;
import dev.millrace.model.LongVector;
import dev.millrace.model.MapVector;
import dev.millrace.model.StructVector;
import dev.millrace.schema.DataType;
import java.io.IOException;
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
import java.util.UUID;

/**
 * A cell as JSON without loss: whole numbers and decimals as numbers with all their digits, NaN and the infinities as text,
 * dates and times as ISO-8601 text, binary as Base64, JSON as text, maps as lists of pairs.
 */
final class JsonCells {
    private static final long MICROS_A_DAY = 86_400_000_000L;

    private JsonCells() {}

    static void write(JsonGenerator json, DataType type, ColumnVector cells, int row) throws IOException {
        if (cells.isNull(row)) {
            json.writeNull();
            return;
        }
        switch (cells) {
            case LongVector longs -> writeLong(json, type, longs.get(row));
            case DoubleVector doubles -> writeDouble(json, type, doubles.get(row));
            case BytesVector bytes -> writeBytes(json, type, bytes, row);
            case ArrayVector arrays -> writeArray(json, (DataType.Array) type, arrays, row);
            case MapVector maps -> writeMap(json, (DataType.MapOf) type, maps, row);
            case StructVector structs -> writeStruct(json, (DataType.Struct) type, structs, row);
        }
    }

    private static void writeLong(JsonGenerator json, DataType type, long value) throws IOException {
        switch (type) {
            case DataType.Bool b -> json.writeBoolean(value != 0);
            case DataType.Decimal d -> json.writeNumber(BigDecimal.valueOf(value, d.scale()));
            case DataType.Date d -> json.writeString(LocalDate.ofEpochDay(value).toString());
            case DataType.Time t ->
                json.writeString(
                        value == MICROS_A_DAY
                                ? "24:00"
                                : LocalTime.ofNanoOfDay(1_000 * value).toString());
            case DataType.Timestamp t ->
                json.writeString(
                        LocalDateTime.ofInstant(instant(value), ZoneOffset.UTC).toString());
            case DataType.TimestampTz t -> json.writeString(instant(value).toString());
            default -> json.writeNumber(value);
        }
    }

    private static void writeDouble(JsonGenerator json, DataType type, double value) throws IOException {
        if (!Double.isFinite(value)) {
            json.writeString(Double.toString(value));
        } else if (type instanceof DataType.Float32) {
            json.writeNumber((float) value);
        } else {
            json.writeNumber(value);
        }
    }

    private static void writeBytes(JsonGenerator json, DataType type, BytesVector bytes, int row) throws IOException {
        switch (type) {
            case DataType.Binary b ->
                json.writeBinary(bytes.data(), bytes.start(row), bytes.end(row) - bytes.start(row));
            case DataType.Decimal d -> json.writeNumber(new BigDecimal(new BigInteger(bytes.copy(row)), d.scale()));
            case DataType.Uuid u -> {
                ByteBuffer halves = ByteBuffer.wrap(bytes.copy(row));
                json.writeString(new UUID(halves.getLong(), halves.getLong()).toString());
            }
            default -> json.writeString(new String(bytes.copy(row), StandardCharsets.UTF_8));
        }
    }

    private static void writeArray(JsonGenerator json, DataType.Array type, ArrayVector arrays, int row)
            throws IOException {
        json.writeStartArray();
        for (int i = arrays.start(row); i < arrays.end(row); i++) {
            write(json, type.element(), arrays.elements(), i);
        }
        json.writeEndArray();
    }

    private static void writeMap(JsonGenerator json, DataType.MapOf type, MapVector maps, int row) throws IOException {
        json.writeStartArray();
        for (int i = maps.start(row); i < maps.end(row); i++) {
            json.writeStartArray();
            write(json, type.key(), maps.keys(), i);
            write(json, type.value(), maps.values(), i);
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static void writeStruct(JsonGenerator json, DataType.Struct type, StructVector structs, int row)
            throws IOException {
        json.writeStartObject();
        for (int i = 0; i < type.fields().size(); i++) {
            DataType.Struct.Field field = type.fields().get(i);
            json.writeFieldName(field.name());
            write(json, field.type(), structs.fields().get(i), row);
        }
        json.writeEndObject();
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
