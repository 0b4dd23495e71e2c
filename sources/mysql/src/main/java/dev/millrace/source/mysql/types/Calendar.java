package dev.millrace.source.mysql.types;

/** Days of the Gregorian calendar, which MySQL uses for all of time. */
final class Calendar {
    /** What {@link #day} answers where there is no such day. */
    static final long NO_DAY = Long.MIN_VALUE;

    private static final int[] LENGTHS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int DAYS_OF_ERA = 146_097;
    private static final int ERA_TO_EPOCH = 719_468;

    private Calendar() {}

    /** Days since 1970-01-01, or {@link #NO_DAY}. */
    static long day(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1 || day > LENGTHS[month - 1] || isLeapDay(month, day) && !isLeap(year)) {
            return NO_DAY;
        }
        // Years begin in March here, so that the leap day is their last.
        int shifted = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(shifted, 400);
        int yearOfEra = shifted - 400 * era;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = 365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return (long) DAYS_OF_ERA * era + dayOfEra - ERA_TO_EPOCH;
    }

    private static boolean isLeapDay(int month, int day) {
        return month == 2 && day == 29;
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }
}
