package dev.millrace.source.mysql.types;

import dev.millrace.model.BytesVector;
import dev.millrace.model.LongVector;
import dev.millrace.model.VectorBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Appends dates and times, however they were read, as the policy wants. Dates come as their digits in a number: 20240229. */
final class TimeCells {
    private static final long MICROS = 1_000_000;
    private static final long DAY_MICROS = 86_400 * MICROS;
    private final TypePolicy policy;

    TimeCells(TypePolicy policy) {
        this.policy = policy;
    }

    void appendDay(long date, VectorBuilder target) {
        long days = day(date);
        if (days == Calendar.NO_DAY) {
            appendNoDay(date, target);
        } else {
            ((LongVector.Builder) target).append(days);
        }
    }

    /** @param micros of the day */
    void appendDateTime(long date, long micros, VectorBuilder target) {
        long days = day(date);
        if (days == Calendar.NO_DAY) {
            appendNoDay(date, target);
        } else {
            ((LongVector.Builder) target).append(days * DAY_MICROS + micros);
        }
    }

    private static long day(long date) {
        return Calendar.day((int) (date / 10_000), (int) (date / 100 % 100), (int) (date % 100));
    }

    private void appendNoDay(long date, VectorBuilder target) {
        if (policy.zeroDates() == TypePolicy.ZeroDates.REFUSE) {
            throw Refusal.value(
                    String.format(
                            Locale.ROOT,
                            "The date %04d-%02d-%02d is no day of the calendar.",
                            date / 10_000,
                            date / 100 % 100,
                            date % 100),
                    "Correct the row at the source, or let such dates become null.");
        }
        target.appendNull();
    }

    /** @param micros since the epoch; 0 is the zero date */
    void appendInstant(long micros, VectorBuilder target) {
        if (micros == 0) {
            appendNoDay(0, target);
        } else {
            ((LongVector.Builder) target).append(micros);
        }
    }

    /** @param micros less than zero for times before midnight, beyond a day for those after */
    void appendTime(long micros, int digits, VectorBuilder target) {
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
}
