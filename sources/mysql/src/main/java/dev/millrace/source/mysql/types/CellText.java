package dev.millrace.source.mysql.types;

import dev.millrace.model.BytesVector;
import dev.millrace.model.ColumnVector;
import dev.millrace.model.DoubleVector;
import dev.millrace.model.LongVector;
import dev.millrace.schema.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** Cells for people, in messages. */
public final class CellText {
    private CellText() {}

    public static String of(DataType type, ColumnVector cells, int row) {
        if (cells.isNull(row)) {
            return "null";
        }
        return switch (cells) {
            case LongVector numbers -> number(type, numbers.get(row));
            case DoubleVector numbers -> Double.toString(numbers.get(row));
            case BytesVector bytes -> bytes(type, bytes.copy(row));
            default -> "?";
        };
    }

    private static String number(DataType type, long value) {
        return switch (type) {
            case DataType.Date date -> LocalDate.ofEpochDay(value).toString();
            case DataType.Timestamp moment ->
                LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC)
                        .plus(value, ChronoUnit.MICROS)
                        .toString();
            case DataType.TimestampTz moment ->
                Instant.EPOCH.plus(value, ChronoUnit.MICROS).toString();
            case DataType.Decimal decimal ->
                BigDecimal.valueOf(value, decimal.scale()).toPlainString();
            default -> Long.toString(value);
        };
    }

    private static String bytes(DataType type, byte[] bytes) {
        return switch (type) {
            case DataType.Decimal decimal -> new BigDecimal(new BigInteger(bytes), decimal.scale()).toPlainString();
            case DataType.Binary binary -> "x'" + HexFormat.of().formatHex(bytes) + "'";
            case DataType.Uuid uuid -> HexFormat.of().formatHex(bytes);
            default -> new String(bytes, StandardCharsets.UTF_8);
        };
    }
}
