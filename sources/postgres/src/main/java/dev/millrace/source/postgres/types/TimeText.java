package dev.millrace.source.postgres.types;

import java.time.LocalDate;

/** Dates and times as the server prints them in ISO style and UTC. Each method is a {@link TextForm}. */
final class TimeText {
    private static final long SECOND = 1_000_000;
    private static final long DAY = 86_400 * SECOND;

    private TimeText() {}

    static void date(byte[] source, int offset, int length, StringBuilder out) {
        int days = BigEndian.int4(source, offset);
        if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
            out.append(days > 0 ? "infinity" : "-infinity");
        } else {
            LocalDate date = day(days, out);
            era(date, out);
        }
    }

    static void time(byte[] source, int offset, int length, StringBuilder out) {
        clock(BigEndian.int8(source, offset), out);
    }

    static void timeWithZone(byte[] source, int offset, int length, StringBuilder out) {
        clock(BigEndian.int8(source, offset), out);
        int east = -BigEndian.int4(source, offset + 8);
        int seconds = Math.abs(east);
        two(seconds / 3600, out.append(east < 0 ? '-' : '+'));
        if (seconds % 3600 != 0) {
            two(seconds / 60 % 60, out.append(':'));
        }
        if (seconds % 60 != 0) {
            two(seconds % 60, out.append(':'));
        }
    }

    static void timestamp(byte[] source, int offset, int length, StringBuilder out) {
        timestamp(BigEndian.int8(source, offset), "", out);
    }

    static void timestampWithZone(byte[] source, int offset, int length, StringBuilder out) {
        timestamp(BigEndian.int8(source, offset), "+00", out);
    }

    private static void timestamp(long micros, String zone, StringBuilder out) {
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            out.append(micros > 0 ? "infinity" : "-infinity");
            return;
        }
        LocalDate date = day(Math.floorDiv(micros, DAY), out);
        clock(Math.floorMod(micros, DAY), out.append(' '));
        era(date, out.append(zone));
    }

    private static LocalDate day(long daysSince2000, StringBuilder out) {
        LocalDate date = LocalDate.ofEpochDay(daysSince2000 + TimeDecoders.EPOCH_DAYS);
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        String digits = Integer.toString(year);
        out.append("0".repeat(Math.max(0, 4 - digits.length()))).append(digits);
        two(date.getMonthValue(), out.append('-'));
        two(date.getDayOfMonth(), out.append('-'));
        return date;
    }

    private static void era(LocalDate date, StringBuilder out) {
        out.append(date.getYear() > 0 ? "" : " BC");
    }

    private static void clock(long micros, StringBuilder out) {
        long seconds = micros / SECOND;
        two((int) (seconds / 3600), out);
        two((int) (seconds / 60 % 60), out.append(':'));
        two((int) (seconds % 60), out.append(':'));
        fraction(micros % SECOND, out);
    }

    /** A point and the digits of fraction that are not trailing zeros; nothing for a whole second. */
    static void fraction(long micros, StringBuilder out) {
        if (micros == 0) {
            return;
        }
        String digits = Long.toString(SECOND + micros);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        out.append('.').append(digits, 1, end);
    }

    private static void two(int number, StringBuilder out) {
        out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
