package dev.millrace.definition;

import static dev.millrace.definition.PipelineFiles.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.config.ConfigValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class YamlTest {
    @TempDir
    private Path folder;

    private PipelineFiles files;

    @BeforeEach
    void setUp() {
        files = PipelineFiles.in(folder);
    }

    @Test
    void mergesMapsAndLetsWhatIsWrittenOutWin() {
        Map<String, ConfigValue> sink = files.read("""
                source: &base
                  type: lines
                  url: one
                  user: me
                sink:
                  <<: *base
                  type: blackhole
                  user: you
                """).sink().section().values();

        assertThat(at(sink, "url").text()).isEqualTo("one");
        assertThat(at(sink, "url").place()).hasToString(folder.resolve("shop.yaml") + ":3:8");
        assertThat(at(sink, "user").text()).isEqualTo("you");
    }

    @Test
    void mergesAListOfMapsOfWhichEarlierOnesWin() {
        Map<String, ConfigValue> sink = files.read("""
                source: {type: lines, a: &a {x: 1, y: 1}, b: &b {y: 2, z: 2}}
                sink: {type: blackhole, <<: [*a, *b]}
                """).sink().section().values();

        assertThat(sink.values()).extracting(ConfigValue::text).containsExactly("1", "1", "2");
    }

    @Test
    void keepsAQuotedMergeSignAsAKey() {
        assertThat(files.read("source: {type: lines, '<<': x}\nsink: {type: y}\n")
                        .source()
                        .section()
                        .values())
                .containsKey("<<");
    }

    @Test
    void refusesByNameWhatItDoesNotTake() {
        assertProblem("a: 1\na: 2\n", "shop.yaml:2:1: 'a' stands twice, first in line 1. Remove one of them.");
        assertProblem(
                "source: {type: x, a.b: 1, a: {b: 2}}\n",
                "shop.yaml:1:34: 'a.b' stands twice, first in line 1. Remove one of them.");
        assertProblem("a: 1\n---\nb: 2\n", "shop.yaml:2:1: A second document begins here.");
        assertProblem("a: !!java.net.URL [x]\n", "shop.yaml:1:4: The tag '!!java.net.URL' is not allowed.");
        assertProblem("a: !mine x\n", "shop.yaml:1:4: The tag '!mine' is not allowed.");
        assertProblem(
                "source:\n\ttype: x\n", "shop.yaml:2:1: A tab stands where YAML wants blanks. Indent with blanks.");
        assertProblem("a: *nothing\n", "shop.yaml:1:4: '*nothing' names nothing.");
        assertProblem("a: &a [*a]\n", "shop.yaml:1:8: '*a' stands inside of what it names.");
        assertProblem("source:\n  <<: 1\n", "shop.yaml:2:7: '<<' merges maps, and this is a single value.");
        assertProblem("[a, b]: 1\n", "shop.yaml:1:1: A key is a list. A key is a single word.");
        assertProblem("source:\n  type:\n", "shop.yaml:2:3: 'type' has no value.");
        assertProblem("source: 5\n", "shop.yaml:1:1: 'source' is a single value.");
        assertProblem("source: {type: x, a: [{b: 1}]}\n", "shop.yaml:1:19: 'a' is a list of more than single values.");
        assertProblem("- a\n", "shop.yaml:1:1: The file holds a list.");
        assertProblem("", "shop.yaml:1:1: The file holds nothing.");
        assertProblem("a: \"\u0007\"\n", "shop.yaml:1:5: The character U+0007 is not allowed in YAML.");
        assertProblem("a: 'b\n", "This is not YAML: found unexpected end of stream.");
        assertProblem("source:\n  a: b: c\n", "shop.yaml:2:7: This is not YAML: mapping values are not allowed here.");
    }

    @Test
    void refusesAFileThatGrowsThroughItsAliases() {
        StringBuilder laughs = new StringBuilder("l0: &l0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
        for (int i = 1; i < 30; i++) {
            String one = "*l" + (i - 1);
            laughs.append(
                    "l%d: &l%d [%s]\n".formatted(i, i, String.join(", ", java.util.Collections.nCopies(10, one))));
        }

        String problem = Assertions.assertTimeout(Duration.ofSeconds(5), () -> files.problems(laughs.toString()));

        assertThat(problem).contains("more than 20000 values, those behind aliases counted");
    }

    @Test
    void refusesAFileThatIsNestedTooDeep() {
        assertProblem("a: " + "[".repeat(5000), "shop.yaml:1:36: Values are nested more than 32 deep here.");
    }

    @Test
    void readsListsOfSingleValuesAsOneValueWithCommas() {
        PipelineDefinition definition = files.read("source: {type: x, tables: [a.b, c.d]}\nsink: {type: y}\n");

        assertThat(at(definition.source().section().values(), "tables").text()).isEqualTo("a.b,c.d");
    }

    @Test
    void leavesTheTextOfValuesAlone() {
        Map<String, ConfigValue> source = files.read("""
                source: {type: x, a: 0123, b: yes, c: 1_000, d: 2026-01-01, e: '', f: "tab\\there"}
                sink: {type: y}
                """).source().section().values();

        assertThat(source.values())
                .extracting(ConfigValue::text)
                .containsExactly("0123", "yes", "1_000", "2026-01-01", "", "tab\there");
    }

    @Test
    void startsBehindAByteOrderMark() {
        assertThat(files.read("\uFEFF" + PipelineFiles.MINIMAL).source().type()).isEqualTo("lines");
    }

    private void assertProblem(String text, String expected) {
        assertThat(files.problems(text)).contains(expected);
    }
}
