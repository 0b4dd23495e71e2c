package dev.millrace.sink.paimon;

import dev.millrace.model.BytesVector;
import dev.millrace.model.ColumnVector;
import dev.millrace.model.LongVector;
import dev.millrace.schema.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.UUID;

/** The text by which cells are kept whose type Paimon lacks. One value has one text, so that texts can be keys. */
final class TextForm {
    private static final long MICROS_PER_SECOND = 1_000_000;

    private TextForm() {}

    static String of(DataType type, ColumnVector cells, int row) {
        return switch (type) {
            case DataType.Uuid u -> uuid((BytesVector) cells, row);
            case DataType.Time time -> time(((LongVector) cells).get(row), time.precision());
            case DataType.Decimal d -> decimal((BytesVector) cells, row, d.scale());
            default -> throw new IllegalArgumentException(type + " is not kept as text");
        };
    }

    private static String uuid(BytesVector cells, int row) {
        if (cells.end(row) == cells.start(row)) {
            return "";
        }
        ByteBuffer bytes = ByteBuffer.wrap(cells.data(), cells.start(row), Long.BYTES * 2);
        return new UUID(bytes.getLong(), bytes.getLong()).toString();
    }

    private static String decimal(BytesVector cells, int row, int scale) {
        return new BigDecimal(unscaled(cells, row), scale).toPlainString();
    }

    /** A cell without a value reads as 0. */
    static BigInteger unscaled(BytesVector cells, int row) {
        int length = cells.end(row) - cells.start(row);
        return length == 0 ? BigInteger.ZERO : new BigInteger(cells.data(), cells.start(row), length);
    }

    private static String time(long micros, int precision) {
        long seconds = micros / MICROS_PER_SECOND;
        String whole = String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
        String fraction = String.format(Locale.ROOT, "%06d", micros % MICROS_PER_SECOND);
        return precision == 0 ? whole : whole + "." + fraction.substring(0, precision);
    }
}
