package dev.millrace.source.mysql.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.source.mysql.catalog.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class ProbesProperties {
    @Property
    void numbersHaveAMiddleWhereTheyAreNotNeighbours(@ForAll BigInteger one, @ForAll BigInteger other) {
        Assume.that(one.compareTo(other) < 0);

        Optional<BigInteger> middle = probes("bigint", "", "", one.toString(), other.toString())
                .middle()
                .map(BigInteger::new);

        assertThat(middle.isPresent()).isEqualTo(other.subtract(one).compareTo(BigInteger.ONE) > 0);
        middle.ifPresent(value -> assertThat(value).isStrictlyBetween(one, other));
    }

    @Property
    void decimalsKeepTheirScale(@ForAll BigInteger one, @ForAll BigInteger other) {
        Assume.that(one.compareTo(other) < 0);
        String low = new BigDecimal(one, 4).toPlainString();
        String high = new BigDecimal(other, 4).toPlainString();

        probes("decimal", "", "", low, high).middle().ifPresent(middle -> {
            assertThat(new BigDecimal(middle)).isStrictlyBetween(new BigDecimal(low), new BigDecimal(high));
            assertThat(new BigDecimal(middle).scale()).isEqualTo(4);
        });
    }

    @Property
    void daysAndMomentsHaveAMiddle(
            @ForAll @IntRange(min = -300_000, max = 2_900_000) int one,
            @ForAll @IntRange(min = 2, max = 9999) int days) {
        LocalDate low = LocalDate.ofEpochDay(one);
        LocalDate high = low.plusDays(days);
        String day =
                probes("date", "", "", low.toString(), high.toString()).middle().orElseThrow();
        assertThat(LocalDate.parse(day)).isBetween(low.plusDays(1), high.minusDays(1));

        String moment = probes("datetime", "", "", low + " 00:00:00.000001", high + " 23:59:59")
                .middle()
                .orElseThrow();
        assertThat(LocalDateTime.parse(moment.replace(' ', 'T')))
                .isStrictlyBetween(low.atTime(0, 0, 0, 1000), high.atTime(23, 59, 59));
    }

    @Property
    void bytesHaveAMiddle(@ForAll @Size(max = 9) byte[] one, @ForAll @Size(max = 9) byte[] other) {
        Assume.that(Arrays.compareUnsigned(one, other) < 0);
        String low = HexFormat.of().formatHex(one);
        String high = HexFormat.of().formatHex(other);

        probes("varbinary", "", "", low, high).middle().ifPresent(middle -> {
            byte[] bytes = HexFormat.of().parseHex(middle);
            assertThat(Arrays.compareUnsigned(one, bytes)).isNotPositive();
            assertThat(Arrays.compareUnsigned(bytes, other)).isNotPositive();
        });
    }

    @Property
    void textsThatAreOrderedByBytesHaveAMiddle(
            @ForAll @StringLength(max = 6) @NumericChars @AlphaChars String one,
            @ForAll @StringLength(min = 1, max = 6) @NumericChars @AlphaChars String other) {
        Assume.that(one.compareTo(other) < 0);

        probes("varchar", "utf8mb4", "utf8mb4_bin", hex(one), hex(other))
                .middle()
                .ifPresent(middle -> {
                    assertThat(text(middle)).isGreaterThanOrEqualTo(one);
                    assertThat(text(middle)).isLessThan(other);
                });
    }

    @Property
    void textsOfOtherOrdersHaveAMiddleByLettersAndDigits(
            @ForAll @StringLength(max = 6) @NumericChars @AlphaChars String one,
            @ForAll @StringLength(min = 1, max = 6) @NumericChars @AlphaChars String other) {
        String low = one.toLowerCase(Locale.ROOT);
        String high = other.toLowerCase(Locale.ROOT);
        Assume.that(low.compareTo(high) < 0);

        probes("varchar", "utf8mb4", "utf8mb4_0900_ai_ci", hex(one), hex(other))
                .middle()
                .ifPresent(middle -> assertThat(text(middle).toLowerCase(Locale.ROOT))
                        .isGreaterThanOrEqualTo(low)
                        .isLessThan(high));
    }

    /** Whatever the texts, what comes out are bytes of the set, which a statement can hold. */
    @Property
    void textsOfAnyCharactersLeadToTexts(
            @ForAll @StringLength(max = 5) String one, @ForAll @StringLength(max = 5) String other) {
        String low = new String(one.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        String high = new String(other.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        probes("varchar", "utf8mb4", "utf8mb4_0900_ai_ci", hex(low), hex(high))
                .middle()
                .ifPresent(middle -> assertThat(text(middle)).doesNotContain("\uFFFD"));
    }

    @Example
    void datesThatAreNoDaysLeadNowhere() {
        assertThat(probes("date", "", "", "0000-00-00", "2024-01-01").middle()).isEmpty();
        assertThat(probes("datetime", "", "", "2024-00-00 00:00:00", "2024-01-01 00:00:00")
                        .middle())
                .isEmpty();
    }

    private static Probes probes(String type, String characterSet, String collation, String low, String high) {
        return new Probes(
                new ColumnType(type, type, characterSet, collation, new ColumnType.Size(9, 36, 0, 0), List.of()),
                low,
                high);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    }
}
