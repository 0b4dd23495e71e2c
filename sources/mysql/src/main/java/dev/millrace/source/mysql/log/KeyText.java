package dev.millrace.source.mysql.log;

import dev.millrace.error.MillraceException;
import dev.millrace.model.BytesVector;
import dev.millrace.model.ColumnVector;
import dev.millrace.model.DoubleVector;
import dev.millrace.model.LongVector;
import dev.millrace.model.VectorBuilder;
import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.StringJoiner;

/** A row's key for people. */
final class KeyText {
    private KeyText() {}

    /** @param cells of the row's image, looked at as far as the key goes; a column that it does not have is left out */
    static String of(Schema schema, RowDecoder rows, ImageCells cells) {
        StringJoiner text = new StringJoiner(", ", "(", ")");
        for (int index : schema.key()) {
            if (cells.has(index) && !cells.isNull(index)) {
                Column column = schema.columns().get(index);
                text.add(column.name() + "=" + value(schema, rows, cells, index));
            }
        }
        return text.toString();
    }

    private static String value(Schema schema, RowDecoder rows, ImageCells cells, int index) {
        DataType type = schema.columns().get(index).type();
        VectorBuilder cell = VectorBuilder.of(type);
        try {
            rows.decodeCell(index, cells.source(), cells.start(index), cell);
        } catch (MillraceException refused) {
            return "?";
        }
        return cell.size() == 0 ? "?" : text(type, cell.build());
    }

    private static String text(DataType type, ColumnVector cell) {
        return switch (cell) {
            case LongVector numbers -> number(type, numbers.get(0));
            case DoubleVector numbers -> Double.toString(numbers.get(0));
            case BytesVector bytes ->
                type instanceof DataType.Binary || type instanceof DataType.Decimal
                        ? "x'" + HexFormat.of().formatHex(bytes.copy(0)) + "'"
                        : new String(bytes.copy(0), StandardCharsets.UTF_8);
            default -> "?";
        };
    }

    private static String number(DataType type, long value) {
        return switch (type) {
            case DataType.Date date -> LocalDate.ofEpochDay(value).toString();
            case DataType.Decimal decimal ->
                BigDecimal.valueOf(value, decimal.scale()).toPlainString();
            default -> Long.toString(value);
        };
    }
}
