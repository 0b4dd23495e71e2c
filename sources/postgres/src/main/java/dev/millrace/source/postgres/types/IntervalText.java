package dev.millrace.source.postgres.types;

/**
 * {@code interval} as the server prints it in ISO-8601 style. Months, days and time of an interval are three numbers that
 * don't follow from each other; each can be told from the text again, so nothing is lost.
 */
final class IntervalText {
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private IntervalText() {}

    static void render(byte[] source, int offset, int length, StringBuilder out) {
        long micros = BigEndian.int8(source, offset);
        int days = BigEndian.int4(source, offset + 8);
        int months = BigEndian.int4(source, offset + 12);
        if (infinite(micros, days, months)) {
            out.append(months > 0 ? "infinity" : "-infinity");
        } else if (micros == 0 && days == 0 && months == 0) {
            out.append("PT0S");
        } else {
            part(months / 12, 'Y', out.append('P'));
            part(months % 12, 'M', out);
            part(days, 'D', out);
            time(micros, out);
        }
    }

    private static void time(long micros, StringBuilder out) {
        if (micros == 0) {
            return;
        }
        part(micros / HOUR, 'H', out.append('T'));
        part(micros % HOUR / MINUTE, 'M', out);
        long rest = micros % MINUTE;
        if (rest != 0) {
            out.append(rest < 0 ? "-" : "").append(Math.abs(rest) / SECOND);
            TimeText.fraction(Math.abs(rest) % SECOND, out);
            out.append('S');
        }
    }

    private static void part(long amount, char unit, StringBuilder out) {
        if (amount != 0) {
            out.append(amount).append(unit);
        }
    }

    private static boolean infinite(long micros, int days, int months) {
        return months == Integer.MAX_VALUE && days == Integer.MAX_VALUE && micros == Long.MAX_VALUE
                || months == Integer.MIN_VALUE && days == Integer.MIN_VALUE && micros == Long.MIN_VALUE;
    }
}
