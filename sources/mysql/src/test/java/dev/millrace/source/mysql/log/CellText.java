package dev.millrace.source.mysql.log;

import dev.millrace.model.BytesVector;
import dev.millrace.model.ColumnVector;
import dev.millrace.model.DoubleVector;
import dev.millrace.model.LongVector;
import dev.millrace.schema.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;

/** Cells as MySQL prints them, written independently of the decoders. */
final class CellText {
    private static final long MICROS = 1_000_000;

    private CellText() {}

    static String of(DataType type, ColumnVector cells, int row) {
        if (cells.isNull(row)) {
            return "null";
        }
        if (cells.isUnchanged(row)) {
            return "unchanged";
        }
        return switch (cells) {
            case LongVector longs -> number(type, longs.get(row));
            case DoubleVector doubles -> Double.toString(doubles.get(row));
            case BytesVector bytes -> bytes(type, bytes.copy(row));
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    private static String number(DataType type, long value) {
        return switch (type) {
            case DataType.Date d -> LocalDate.ofEpochDay(value).toString();
            case DataType.Time t -> time(value, t.precision());
            case DataType.Timestamp t -> dateTime(value, t.precision());
            case DataType.TimestampTz t -> dateTime(value, t.precision());
            case DataType.Decimal d -> BigDecimal.valueOf(value, d.scale()).toPlainString();
            default -> Long.toString(value);
        };
    }

    private static String time(long micros, int digits) {
        long seconds = micros / MICROS;
        return String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
                + fraction(micros % MICROS, digits);
    }

    private static String dateTime(long micros, int digits) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(micros, MICROS), 0, ZoneOffset.UTC);
        return time.toLocalDate()
                + String.format(Locale.ROOT, " %02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond())
                + fraction(Math.floorMod(micros, MICROS), digits);
    }

    private static String fraction(long micros, int digits) {
        return digits == 0 ? "" : String.format(Locale.ROOT, ".%06d", micros).substring(0, digits + 1);
    }

    private static String bytes(DataType type, byte[] bytes) {
        return switch (type) {
            case DataType.Decimal d -> new BigDecimal(new BigInteger(bytes), d.scale()).toPlainString();
            case DataType.Uuid u -> HexFormat.of().formatHex(bytes);
            case DataType.Binary b -> HexFormat.of().withUpperCase().formatHex(bytes);
            default -> new String(bytes, StandardCharsets.UTF_8);
        };
    }
}
