package dev.millrace.source.mysql.types;

import dev.millrace.model.BytesVector;
import dev.millrace.model.LongVector;
import dev.millrace.model.VectorBuilder;
import dev.millrace.source.mysql.bytes.BigEndian;
import dev.millrace.source.mysql.bytes.LittleEndian;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Dates and times. */
final class TimeDecoders {
    private static final long MICROS = 1_000_000;
    private static final long DAY_MICROS = 86_400 * MICROS;
    private static final long DATETIME_ZERO = 0x80_0000_0000L;
    private static final int MONTHS = 13;
    private final TypePolicy policy;

    TimeDecoders(TypePolicy policy) {
        this.policy = policy;
    }

    StoredDecoder date() {
        return (source, offset, target) -> {
            int bits = LittleEndian.uint3(source, offset);
            appendDay(bits >> 9, bits >> 5 & 15, bits & 31, target);
            return offset + 3;
        };
    }

    private void appendDay(int year, int month, int day, VectorBuilder target) {
        long days = Calendar.day(year, month, day);
        if (days == Calendar.NO_DAY) {
            appendNoDay(year, month, day, target);
        } else {
            ((LongVector.Builder) target).append(days);
        }
    }

    StoredDecoder dateTime(int digits) {
        int fraction = fractionBytes(digits);
        return (source, offset, target) -> {
            long bits = BigEndian.unsigned(source, offset, 5) - DATETIME_ZERO;
            int yearMonth = (int) (bits >> 22);
            long time = bits >> 12 & 31;
            time = (time * 60 + (bits >> 6 & 63)) * 60 + (bits & 63);
            appendDateTime(
                    yearMonth / MONTHS * 10_000L + yearMonth % MONTHS * 100L + (bits >> 17 & 31),
                    time * MICROS + micros(source, offset + 5, fraction),
                    target);
            return offset + 5 + fraction;
        };
    }

    /** The form before MySQL 5.6 and MariaDB 10.1: decimal digits in a number. */
    StoredDecoder oldDateTime() {
        return (source, offset, target) -> {
            long digits = LittleEndian.int8(source, offset);
            long time = digits % 1_000_000;
            long seconds = (time / 10_000 * 60 + time / 100 % 100) * 60 + time % 100;
            appendDateTime(digits / 1_000_000, seconds * MICROS, target);
            return offset + 8;
        };
    }

    /** @param date its digits as a number: 20240229 */
    private void appendDateTime(long date, long micros, VectorBuilder target) {
        int year = (int) (date / 10_000);
        int month = (int) (date / 100 % 100);
        int day = (int) (date % 100);
        long days = Calendar.day(year, month, day);
        if (days == Calendar.NO_DAY) {
            appendNoDay(year, month, day, target);
        } else {
            ((LongVector.Builder) target).append(days * DAY_MICROS + micros);
        }
    }

    private void appendNoDay(int year, int month, int day, VectorBuilder target) {
        if (policy.zeroDates() == TypePolicy.ZeroDates.REFUSE) {
            throw Refusal.value(
                    String.format(Locale.ROOT, "The date %04d-%02d-%02d is no day of the calendar.", year, month, day),
                    "Correct the row at the source, or let such dates become null.");
        }
        target.appendNull();
    }

    /** Seconds since the epoch, whatever the session's zone; the zero date is second 0. */
    StoredDecoder timestamp(int digits) {
        int fraction = fractionBytes(digits);
        return (source, offset, target) -> {
            long micros = BigEndian.unsigned(source, offset, 4) * MICROS + micros(source, offset + 4, fraction);
            appendInstant(micros, target);
            return offset + 4 + fraction;
        };
    }

    StoredDecoder oldTimestamp() {
        return (source, offset, target) -> {
            appendInstant(LittleEndian.uint4(source, offset) * MICROS, target);
            return offset + 4;
        };
    }

    private void appendInstant(long micros, VectorBuilder target) {
        if (micros == 0) {
            appendNoDay(0, 0, 0, target);
        } else {
            ((LongVector.Builder) target).append(micros);
        }
    }

    StoredDecoder time(int digits) {
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
            appendTime(bits < 0 ? -micros : micros, digits, target);
            return offset + 3 + fraction;
        };
    }

    StoredDecoder oldTime() {
        return (source, offset, target) -> {
            int digits = LittleEndian.int3(source, offset);
            int positive = Math.abs(digits);
            long seconds = (positive / 10_000 * 60L + positive / 100 % 100) * 60 + positive % 100;
            appendTime((digits < 0 ? -seconds : seconds) * MICROS, 0, target);
            return offset + 3;
        };
    }

    private void appendTime(long micros, int digits, VectorBuilder target) {
        if (policy.times() == TypePolicy.Times.TEXT) {
            byte[] text = text(micros, digits).getBytes(StandardCharsets.US_ASCII);
            ((BytesVector.Builder) target).appendCell(text, 0, text.length);
        } else if (micros < 0 || micros > DAY_MICROS) {
            throw Refusal.value(
                    "The time " + text(micros, digits) + " is no time of a day.",
                    "Let columns of type TIME become text, or correct the row at the source.");
        } else {
            ((LongVector.Builder) target).append(micros);
        }
    }

    private static String text(long micros, int digits) {
        long positive = Math.abs(micros);
        long seconds = positive / MICROS;
        String whole = String.format(
                Locale.ROOT,
                "%s%02d:%02d:%02d",
                micros < 0 ? "-" : "",
                seconds / 3600,
                seconds / 60 % 60,
                seconds % 60);
        String fraction = String.format(Locale.ROOT, "%06d", positive % MICROS);
        return digits == 0 ? whole : whole + "." + fraction.substring(0, digits);
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
