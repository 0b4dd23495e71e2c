package dev.millrace.source.postgres;

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
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.StringJoiner;
import java.util.UUID;

/** Cells as text in one fixed way, written independently of the decoders, to compare with what a server prints. */
public final class CellText {
    private CellText() {}

    public static String of(DataType type, ColumnVector vector, int row) {
        if (vector.isNull(row)) {
            return "null";
        }
        if (vector.isUnchanged(row)) {
            return "unchanged";
        }
        return switch (type) {
            case DataType.Bool b -> number(vector, row) == 1 ? "true" : "false";
            case DataType.Int8 i -> Long.toString(number(vector, row));
            case DataType.Int16 i -> Long.toString(number(vector, row));
            case DataType.Int32 i -> Long.toString(number(vector, row));
            case DataType.Int64 i -> Long.toString(number(vector, row));
            case DataType.Float32 f -> floating(((DoubleVector) vector).get(row), true);
            case DataType.Float64 f -> floating(((DoubleVector) vector).get(row), false);
            case DataType.Decimal d ->
                vector instanceof LongVector longs
                        ? BigDecimal.valueOf(longs.get(row), d.scale()).toPlainString()
                        : new BigDecimal(new BigInteger(((BytesVector) vector).copy(row)), d.scale()).toPlainString();
            case DataType.Char c -> text(vector, row);
            case DataType.Varchar v -> text(vector, row);
            case DataType.Text t -> text(vector, row);
            case DataType.Json j -> text(vector, row);
            case DataType.Binary b -> "\\x" + HexFormat.of().formatHex(((BytesVector) vector).copy(row));
            case DataType.Uuid u -> uuid(((BytesVector) vector).copy(row));
            case DataType.Date d -> date(number(vector, row)) + era(number(vector, row));
            case DataType.Time t -> time(number(vector, row));
            case DataType.Timestamp t -> timestamp(number(vector, row), "");
            case DataType.TimestampTz t -> timestamp(number(vector, row), "+00");
            case DataType.Array a -> array(a, (ArrayVector) vector, row);
            case DataType.MapOf m -> map(m, (MapVector) vector, row);
            case DataType.Struct s -> struct(s, (StructVector) vector, row);
        };
    }

    private static long number(ColumnVector vector, int row) {
        return ((LongVector) vector).get(row);
    }

    private static String text(ColumnVector vector, int row) {
        return new String(((BytesVector) vector).copy(row), StandardCharsets.UTF_8);
    }

    private static String floating(double value, boolean single) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        String digits = single ? Float.toString((float) value) : Double.toString(value);
        return new BigDecimal(digits).stripTrailingZeros().toPlainString();
    }

    private static String uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong()).toString();
    }

    private static String date(long days) {
        LocalDate date = LocalDate.ofEpochDay(days);
        return String.format(
                "%04d-%02d-%02d", date.get(ChronoField.YEAR_OF_ERA), date.getMonthValue(), date.getDayOfMonth());
    }

    private static String era(long days) {
        return LocalDate.ofEpochDay(days).getYear() > 0 ? "" : " BC";
    }

    private static String time(long micros) {
        long seconds = micros / 1_000_000;
        String fraction = micros % 1_000_000 == 0
                ? ""
                : "." + String.format("%06d", micros % 1_000_000).replaceAll("0+$", "");
        return String.format("%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60) + fraction;
    }

    private static String timestamp(long micros, String zone) {
        long days = Math.floorDiv(micros, 86_400_000_000L);
        return date(days) + " " + time(Math.floorMod(micros, 86_400_000_000L)) + zone + era(days);
    }

    private static String array(DataType.Array type, ArrayVector vector, int row) {
        StringJoiner text = new StringJoiner(",", "[", "]");
        for (int i = vector.start(row); i < vector.end(row); i++) {
            text.add(of(type.element(), vector.elements(), i));
        }
        return text.toString();
    }

    private static String map(DataType.MapOf type, MapVector vector, int row) {
        StringJoiner text = new StringJoiner(", ");
        for (int i = vector.start(row); i < vector.end(row); i++) {
            String value = of(type.value(), vector.values(), i);
            text.add('"' + of(type.key(), vector.keys(), i) + "\"=>"
                    + (vector.values().isNull(i) ? "NULL" : '"' + value + '"'));
        }
        return text.toString();
    }

    private static String struct(DataType.Struct type, StructVector vector, int row) {
        StringJoiner text = new StringJoiner(",", "(", ")");
        for (int i = 0; i < type.fields().size(); i++) {
            text.add(of(type.fields().get(i).type(), vector.fields().get(i), row));
        }
        return text.toString();
    }
}
