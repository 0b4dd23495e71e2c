package dev.millrace.source.mysql.snapshot;

import dev.millrace.source.mysql.catalog.ColumnType;
import dev.millrace.source.mysql.split.KeyOrder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * Values between two others, to look for keys near them. They need not be keys, nor lie exactly in the middle, nor, where the
 * server orders texts by rules of its own, between the two: where they lead nowhere, chunks are larger.
 *
 * @param low  as a bound is written
 * @param high the same
 */
record Probes(ColumnType type, String low, String high) {
    private static final int FURTHER_BYTES = 2;
    private static final DateTimeFormatter MOMENT = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .optionalStart()
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .toFormatter(Locale.ROOT);

    Probes below(String probe) {
        return new Probes(type, low, probe);
    }

    /** @param key the first from the probe on; what is made up from it may lie elsewhere where the order is not known here */
    Probes above(String probe, String key) {
        boolean known = KeyOrder.of(type).filter(KeyOrder::isKnown).isPresent();
        return new Probes(type, known ? key : probe, high);
    }

    /** Empty where nothing lies between. */
    Optional<String> middle() {
        String middle = switch (type.name()) {
            case "date", "datetime", "timestamp" -> momentBetween();
            case "char", "varchar" -> TextProbe.between(type, low, high);
            case "binary", "varbinary" -> bytesBetween();
            case "time", "uuid", "inet4", "inet6" -> low;
            default -> numberBetween();
        };
        return middle.equals(low) || middle.equals(high) ? Optional.empty() : Optional.of(middle);
    }

    private String numberBetween() {
        BigDecimal one = new BigDecimal(low);
        return one.add(new BigDecimal(high))
                .divide(BigDecimal.valueOf(2), one.scale(), RoundingMode.FLOOR)
                .toPlainString();
    }

    /** Dates that are no days have no middle. */
    private String momentBetween() {
        try {
            if (type.name().equals("date")) {
                long from = LocalDate.parse(low).toEpochDay();
                return LocalDate.ofEpochDay(from + (LocalDate.parse(high).toEpochDay() - from) / 2)
                        .toString();
            }
            LocalDateTime from = LocalDateTime.parse(low, MOMENT);
            long micros = ChronoUnit.MICROS.between(from, LocalDateTime.parse(high, MOMENT));
            return MOMENT.format(from.plus(micros / 2, ChronoUnit.MICROS));
        } catch (DateTimeException noDay) {
            return low;
        }
    }

    private String bytesBetween() {
        int length = Math.max(low.length(), high.length()) / 2 + (type.name().equals("binary") ? 0 : FURTHER_BYTES);
        BigInteger from = number(low, length);
        BigInteger span = number(high, length).subtract(from);
        if (span.compareTo(BigInteger.ONE) <= 0) {
            return low;
        }
        BigInteger middle = from.add(span.shiftRight(1));
        return String.format(Locale.ROOT, "%0" + 2 * length + "x", middle);
    }

    private static BigInteger number(String hex, int length) {
        return new BigInteger("0" + hex + "00".repeat(length - hex.length() / 2), 16);
    }
}
