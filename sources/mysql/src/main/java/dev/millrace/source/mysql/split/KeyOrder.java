package dev.millrace.source.mysql.split;

import dev.millrace.model.BytesVector;
import dev.millrace.model.ColumnVector;
import dev.millrace.model.LongVector;
import dev.millrace.source.mysql.catalog.ColumnType;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * How the server orders values of a key's column, and how a bound between them is written: as the server prints the value,
 * bytes and texts as the hexadecimal digits of their bytes.
 */
public enum KeyOrder {
    /** Whole numbers and decimals. */
    NUMBER {
        @Override
        public int compare(String bound, ColumnVector cells, int row) {
            BigInteger unscaled = new BigInteger(bound.replace(".", ""));
            return switch (cells) {
                case LongVector numbers -> unscaled.compareTo(BigInteger.valueOf(numbers.get(row)));
                case BytesVector numbers -> unscaled.compareTo(new BigInteger(numbers.copy(row)));
                default -> throw noCells(cells);
            };
        }
    },
    DAY {
        @Override
        public int compare(String bound, ColumnVector cells, int row) {
            return Long.compare(LocalDate.parse(bound).toEpochDay(), ((LongVector) cells).get(row));
        }
    },
    /** Dates with a time, those with a zone in UTC. */
    MOMENT {
        @Override
        public int compare(String bound, ColumnVector cells, int row) {
            LocalDateTime moment = LocalDateTime.parse(bound.replace(' ', 'T'));
            long micros = ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), moment);
            return Long.compare(micros, ((LongVector) cells).get(row));
        }
    },
    /** Byte by byte without signs. */
    BYTES {
        @Override
        public int compare(String bound, ColumnVector cells, int row) {
            return Arrays.compareUnsigned(HexFormat.of().parseHex(bound), ((BytesVector) cells).copy(row));
        }
    },
    /** Byte by byte, as if the shorter one went on with blanks. */
    PADDED {
        @Override
        public int compare(String bound, ColumnVector cells, int row) {
            byte[] one = HexFormat.of().parseHex(bound);
            byte[] other = ((BytesVector) cells).copy(row);
            int longest = Math.max(one.length, other.length);
            return Arrays.compareUnsigned(padded(one, longest), padded(other, longest));
        }
    },
    /** By rules that only the server knows. */
    SERVER {
        @Override
        public int compare(String bound, ColumnVector cells, int row) {
            throw new IllegalStateException("only the server knows where " + bound + " is");
        }
    };

    /** Character sets whose bytes are those of UTF-8, which are the cells'. */
    private static final Set<String> UTF_8 = Set.of("utf8mb4", "utf8mb3", "utf8", "ascii");

    /** Whether the bound comes before the cell's value (negative), equals it (0) or comes after it. */
    public abstract int compare(String bound, ColumnVector cells, int row);

    /** Whether it can be told here on which side of a bound a value is. */
    public boolean isKnown() {
        return this != SERVER;
    }

    /** How columns of this type are ordered; empty where no bounds can be set between their values. */
    public static Optional<KeyOrder> of(ColumnType type) {
        return Optional.ofNullable(
                switch (type.name()) {
                    case "tinyint", "smallint", "mediumint", "int", "bigint", "year", "decimal" -> NUMBER;
                    case "date" -> DAY;
                    case "datetime", "timestamp" -> MOMENT;
                    case "binary", "varbinary" -> BYTES;
                    case "char", "varchar" -> ofText(type);
                    case "time", "uuid", "inet4", "inet6" -> SERVER;
                    default -> null;
                });
    }

    private static KeyOrder ofText(ColumnType type) {
        if (!UTF_8.contains(type.characterSet()) || !type.collation().endsWith("_bin")) {
            return SERVER;
        }
        return type.collation().endsWith("_0900_bin") || type.collation().endsWith("_nopad_bin") ? BYTES : PADDED;
    }

    private static byte[] padded(byte[] bytes, int length) {
        byte[] all = Arrays.copyOf(bytes, length);
        Arrays.fill(all, bytes.length, length, (byte) ' ');
        return all;
    }

    private static IllegalArgumentException noCells(ColumnVector cells) {
        return new IllegalArgumentException("numbers in a " + cells.getClass().getSimpleName());
    }
}
