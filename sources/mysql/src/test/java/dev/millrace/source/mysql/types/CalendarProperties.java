package dev.millrace.source.mysql.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.LocalDate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CalendarProperties {
    @Property(tries = 20_000)
    void knowsTheDaysThatTheJdkKnows(
            @ForAll @IntRange(max = 9999) int year,
            @ForAll @IntRange(max = 15) int month,
            @ForAll @IntRange(max = 31) int day) {
        assertThat(Calendar.day(year, month, day)).isEqualTo(expected(year, month, day));
    }

    private static long expected(int year, int month, int day) {
        try {
            return LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException noSuchDay) {
            return Calendar.NO_DAY;
        }
    }
}
