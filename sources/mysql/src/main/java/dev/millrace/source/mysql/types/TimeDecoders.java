package dev.millrace.source.mysql.types;

import dev.millrace.source.mysql.bytes.BigEndian;
import dev.millrace.source.mysql.bytes.LittleEndian;

/** Dates and times as the log stores them. */
final class TimeDecoders {
    private static final long MICROS = 1_000_000;
    private static final long DATETIME_ZERO = 0x80_0000_0000L;
    private static final int MONTHS = 13;
    private final TimeCells cells;

    TimeDecoders(TimeCells cells) {
        this.cells = cells;
    }

    CellDecoder date() {
        return (source, offset, target) -> {
            int bits = LittleEndian.uint3(source, offset);
            cells.appendDay((bits >> 9) * 10_000L + (bits >> 5 & 15) * 100L + (bits & 31), target);
            return offset + 3;
        };
    }

    CellDecoder dateTime(int digits) {
        int fraction = fractionBytes(digits);
        return (source, offset, target) -> {
            long bits = BigEndian.unsigned(source, offset, 5) - DATETIME_ZERO;
            int yearMonth = (int) (bits >> 22);
            long time = bits >> 12 & 31;
            time = (time * 60 + (bits >> 6 & 63)) * 60 + (bits & 63);
            cells.appendDateTime(
                    yearMonth / MONTHS * 10_000L + yearMonth % MONTHS * 100L + (bits >> 17 & 31),
                    time * MICROS + micros(source, offset + 5, fraction),
                    target);
            return offset + 5 + fraction;
        };
    }

    /** The form before MySQL 5.6 and MariaDB 10.1: decimal digits in a number. */
    CellDecoder oldDateTime() {
        return (source, offset, target) -> {
            long digits = LittleEndian.int8(source, offset);
            long time = digits % 1_000_000;
            long seconds = (time / 10_000 * 60 + time / 100 % 100) * 60 + time % 100;
            cells.appendDateTime(digits / 1_000_000, seconds * MICROS, target);
            return offset + 8;
        };
    }

    /** Seconds since the epoch, whatever the session's zone; the zero date is second 0. */
    CellDecoder timestamp(int digits) {
        int fraction = fractionBytes(digits);
        return (source, offset, target) -> {
            long micros = BigEndian.unsigned(source, offset, 4) * MICROS + micros(source, offset + 4, fraction);
            cells.appendInstant(micros, target);
            return offset + 4 + fraction;
        };
    }

    CellDecoder oldTimestamp() {
        return (source, offset, target) -> {
            cells.appendInstant(LittleEndian.uint4(source, offset) * MICROS, target);
            return offset + 4;
        };
    }

    CellDecoder time(int digits) {
        int fraction = fractionBytes(digits);
        // One number over all its bytes, of which zero is in the middle.
        long zero = 0x80_0000L << 8 * fraction;
        long fractionMask = (1L << 8 * fraction) - 1;
        long fractionUnit = fractionUnit(fraction);
        return (source, offset, target) -> {
            long bits = BigEndian.unsigned(source, offset, 3 + fraction) - zero;
            long positive = Math.abs(bits);
            long clock = positive >> 8 * fraction;
            long seconds = ((clock >> 12 & 1023) * 60 + (clock >> 6 & 63)) * 60 + (clock & 63);
            long micros = seconds * MICROS + (positive & fractionMask) * fractionUnit;
            cells.appendTime(bits < 0 ? -micros : micros, digits, target);
            return offset + 3 + fraction;
        };
    }

    CellDecoder oldTime() {
        return (source, offset, target) -> {
            int digits = LittleEndian.int3(source, offset);
            int positive = Math.abs(digits);
            long seconds = (positive / 10_000 * 60L + positive / 100 % 100) * 60 + positive % 100;
            cells.appendTime((digits < 0 ? -seconds : seconds) * MICROS, 0, target);
            return offset + 3;
        };
    }

    private static int fractionBytes(int digits) {
        return (digits + 1) / 2;
    }

    private static long micros(byte[] source, int offset, int bytes) {
        return BigEndian.unsigned(source, offset, bytes) * fractionUnit(bytes);
    }

    /** How many microseconds one is, in a fraction of so many bytes. */
    private static long fractionUnit(int bytes) {
        return switch (bytes) {
            case 1 -> 10_000;
            case 2 -> 100;
            default -> 1;
        };
    }
}
