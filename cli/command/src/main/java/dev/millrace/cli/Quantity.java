package dev.millrace.cli;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Quantity {
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};

    private Quantity() {}

    /** With blanks between thousands: {@code 1 234 567}. */
    static String count(double number) {
        return String.format(Locale.ROOT, "%,.0f", number).replace(',', ' ');
    }

    static String bytes(double bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        String digits = unit == 0 || value >= 100 ? "%.0f" : "%.1f";
        return String.format(Locale.ROOT, digits, value) + " " + UNITS[unit];
    }

    static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (duration.toMillis() < 1000) {
            return duration.toMillis() + " ms";
        }
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3600 + " h " + seconds % 3600 / 60 + " min" : seconds / 86_400 + " d";
    }
}
