package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextTest {
    @Test
    void countsTheColumnsOfATerminal() {
        assertThat(TextWidth.of("abc")).isEqualTo(3);
        assertThat(TextWidth.of("東京")).isEqualTo(4);
        assertThat(TextWidth.of("e\u0301")).isEqualTo(1);
        assertThat(TextWidth.of("🐘")).isEqualTo(2);
        assertThat(TextWidth.of("👨\u200d👩\u200d👧")).isEqualTo(2);
        assertThat(TextWidth.of("Ａ")).isEqualTo(2);
        assertThat(TextWidth.of("한국")).isEqualTo(4);
    }

    @Property
    void fitsAnyTextIntoAnyWidth(@ForAll String text, @ForAll @IntRange(max = 50) int columns) {
        assertThat(TextWidth.of(TextWidth.fit(text, columns))).isLessThanOrEqualTo(Math.max(columns, 0));
    }

    @Test
    void tellsNullsAndBlanksAndTheWordApart() {
        TextTable table = new TextTable(List.of("v"));
        table.add(List.of(Optional.empty()));
        for (String text : List.of("NULL", "", " x", "'quoted'", "it's", "a\nb\tc", "\u001b[31m", "\u202eevil")) {
            table.add(text);
        }

        assertThat(table.lines(100).subList(2, 11))
                .containsExactly(
                        "NULL",
                        "'NULL'",
                        "''",
                        "' x'",
                        "''quoted''",
                        "it's",
                        "a\\nb\\tc",
                        "\\u001b[31m",
                        "\\u202eevil");
    }

    @Test
    void putsNumbersToTheRightAndCutsLongCells() {
        TextTable table = new TextTable(List.of("name", "sum"));
        table.add("a long name", "1.50");
        table.add("b", "-20");

        assertThat(table.lines(6)).containsExactly("name     sum", "──────  ────", "a lon…  1.50", "b        -20");
    }

    @Test
    void writesJsonThatOthersRead() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("quote\"d", "back\\slash \n \u0001 \u2028 🐘 \ud83d");
        value.put("list", List.of(1, 2L, true, Optional.empty(), Map.of()));
        value.put("nan", Double.NaN);

        assertThat(Json.write(value))
                .isEqualTo(
                        "{\"quote\\\"d\":\"back\\\\slash \\n \\u0001 \\u2028 🐘 \\ud83d\",\"list\":[1,2,true,null,{}],\"nan\":null}")
                .satisfies(JsonText::parse);
    }

    @Property
    void writesAnyTextAsJson(@ForAll String text) {
        JsonText.parse(Json.write(Arrays.asList(text, null)));
    }

    @Test
    void writesNumbersAsPeopleReadThem() {
        assertThat(Quantity.count(1234567.8)).isEqualTo("1 234 568");
        assertThat(Quantity.bytes(999)).isEqualTo("999 B");
        assertThat(Quantity.bytes(1_500_000)).isEqualTo("1.5 MB");
        assertThat(Quantity.bytes(3e20)).isEqualTo("300000 PB");
        assertThat(List.of(5, 1500, 61_000, 600_000, 7_300_000, 200_000_000).stream()
                        .map(millis -> Quantity.duration(Duration.ofMillis(millis))))
                .containsExactly("5 ms", "1.5 s", "61 s", "10 min", "2 h 1 min", "2 d");
    }

    @Test
    void readsVariablesFromAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve(".env"), """
                # a comment

                A=1
                export B = "two words"
                C='it is ${A}'
                D=
                E=a=b
                """);

        assertThat(EnvFile.read(file))
                .isEqualTo(Map.of("A", "1", "B", "two words", "C", "it is ${A}", "D", "", "E", "a=b"));
        assertThatThrownBy(() -> EnvFile.read(folder.resolve("none")))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("NoSuchFileException");
    }
}
