package dev.millrace.definition;

import static dev.millrace.definition.PipelineFiles.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.config.ConfigSection;
import dev.millrace.config.ConfigValue;
import dev.millrace.error.MillraceException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PipelineFileTest {
    @TempDir
    private Path folder;

    private PipelineFiles files;

    @BeforeEach
    void setUp() {
        files = PipelineFiles.in(folder);
    }

    @Test
    void keepsWhatItWritesInTheFolderThatSystemdGives() {
        String pipeline = "source: {type: x}\nsink: {type: y}\npipeline: {name: shop%s}\n";
        Map<String, String> systemd = Map.of("STATE_DIRECTORY", "/var/lib/millrace:/var/lib/other");

        assertThat(files.with(systemd).read(pipeline.formatted("")).pipeline().state())
                .isEqualTo(URI.create("file:/var/lib/millrace/shop"));
        PipelineSettings elsewhere = files.with(systemd)
                .read(pipeline.formatted(", state: s3://b/c"))
                .pipeline();
        assertThat(elsewhere.state()).isEqualTo(URI.create("s3://b/c"));
        assertThat(elsewhere.workFolder()).isEqualTo(Path.of("/var/lib/millrace/shop"));
        assertThat(files.with(Map.of()).read(pipeline.formatted("")).pipeline().workFolder())
                .isEqualTo(folder.resolve(".millrace/shop"));
    }

    @Test
    void readsAFileOfFlinkCdcUnchanged() {
        PipelineDefinition definition = files.read("""
                source:
                  type: postgres
                  name: PostgreSQL Source
                  hostname: 127.0.0.1
                  port: 5432
                  username: admin
                  password: 0123
                  tables: adb.\\.*.\\.*, bdb.user_table_[0-9]+
                  decoding.plugin.name:  pgoutput
                  slot.name: pgtest

                sink:
                  type: paimon
                  name: Paimon Sink
                  catalog.properties.metastore: filesystem
                  catalog.properties.warehouse: /path/warehouse

                route:
                  - source-table: adb.\\.*
                    sink-table: ods.<>
                    replace-symbol: <>
                    description: all of it

                pipeline:
                  name: Postgres to Paimon Pipeline
                  parallelism: 2
                  schema.change.behavior: exception
                """);

        assertThat(definition.source().type()).isEqualTo("postgres");
        assertThat(texts(definition.source().section()))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "hostname", "127.0.0.1",
                        "port", "5432",
                        "username", "admin",
                        "password", "0123",
                        "tables", "adb.\\.*.\\.*, bdb.user_table_[0-9]+",
                        "decoding.plugin.name", "pgoutput",
                        "slot.name", "pgtest"));
        assertThat(definition.sink().type()).isEqualTo("paimon");
        assertThat(definition.pipeline().name()).isEqualTo("Postgres to Paimon Pipeline");
        assertThat(definition.pipeline().parallelism()).isEqualTo(2);
        assertThat(definition.notes()).isEmpty();
    }

    @Test
    void flattensNestedMapsIntoDottedKeysWithTheirOwnPlaces() {
        ConfigSection sink = files.read("""
                source: {type: lines}
                sink:
                  type: paimon
                  catalog.properties:
                    warehouse: /w
                  table:
                    properties: {bucket: 4}
                """).sink().section();

        assertThat(texts(sink))
                .containsExactly(
                        Map.entry("catalog.properties.warehouse", "/w"), Map.entry("table.properties.bucket", "4"));
        assertThat(at(sink.values(), "catalog.properties.warehouse").place())
                .hasToString(folder.resolve("shop.yaml") + ":5:16");
        assertThat(at(sink.values(), "table.properties.bucket").place())
                .hasToString(folder.resolve("shop.yaml") + ":7:26");
        assertThat(sink.place()).hasToString(folder.resolve("shop.yaml") + ":2:1");
    }

    @Test
    void hasDefaultsForEverythingBelowPipeline() {
        PipelineSettings settings = files.read(PipelineFiles.MINIMAL).pipeline();

        assertThat(settings.name()).isEqualTo("shop");
        assertThat(settings.parallelism()).isBetween(1, 4);
        assertThat(settings.checkpointInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.checkpointBytes()).isEqualTo(1L << 30);
        assertThat(settings.state()).hasToString("file:" + folder + "/.millrace/shop");
        assertThat(settings.stateOptions().values()).isEmpty();
    }

    @Test
    void readsEveryKeyBelowPipeline() {
        PipelineSettings settings = files.read(PipelineFiles.MINIMAL + """
                pipeline:
                  name: orders
                  parallelism: 3
                  checkpoint: {interval: 1min, bytes: 64mb}
                  state: s3://bucket/folder
                  state.endpoint: http://localhost:9000
                  state.secret-key: hush
                """).pipeline();

        assertThat(settings.name()).isEqualTo("orders");
        assertThat(settings.parallelism()).isEqualTo(3);
        assertThat(settings.checkpointInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.checkpointBytes()).isEqualTo(64L << 20);
        assertThat(settings.state()).hasToString("s3://bucket/folder");
        assertThat(texts(settings.stateOptions()))
                .containsExactly(Map.entry("endpoint", "http://localhost:9000"), Map.entry("secret-key", "hush"));
        assertThat(settings.stateOptions().toString()).doesNotContain("hush");
    }

    @Test
    void takesARelativeStateFolderFromBesideTheFileAndOneOfTheCommandLineFromTheWorkingFolder() {
        String text = PipelineFiles.MINIMAL + "pipeline: {state: checkpoints}\n";

        assertThat(files.read(text).pipeline().state()).hasToString("file:" + folder + "/checkpoints");
        assertThat(files.set("pipeline.state=elsewhere").read(text).pipeline().state())
                .hasToString("file:" + Path.of("elsewhere").toAbsolutePath());
    }

    @Test
    void givesTwoPipelinesTwoStateFoldersEvenIfTheirNamesDifferOnlyInSigns() {
        assertThat(PipelineSettingsReader.folderName("a b")).isNotEqualTo(PipelineSettingsReader.folderName("a/b"));
        assertThat(PipelineSettingsReader.folderName("orders-2.x")).isEqualTo("orders-2.x");
        assertThat(PipelineSettingsReader.folderName("..")).doesNotStartWith(".");
    }

    @Test
    void notesWhatHasNoEffectHere() {
        PipelineDefinition definition = files.read(PipelineFiles.MINIMAL + """
                pipeline:
                  schema.change.behavior: lenient
                  local-time-zone: UTC
                  schema-operator.rpc-timeout: 3min
                  user-defined-function:
                    - name: addone
                      classpath: com.example.AddOne
                """);

        assertThat(definition.notes())
                .extracting(note -> note.toString().replace(folder + "/", ""))
                .satisfiesExactlyInAnyOrder(
                        note -> assertThat(note)
                                .startsWith("shop.yaml:6:27: 'schema.change.behavior: lenient' acts as 'exception'"),
                        note -> assertThat(note).startsWith("shop.yaml:7:20: 'local-time-zone' has no effect"),
                        note -> assertThat(note)
                                .startsWith("shop.yaml:8:32: 'schema-operator.rpc-timeout' has no effect"),
                        note -> assertThat(note).contains("'user-defined-function' has no effect"));
    }

    @Test
    void reportsAllProblemsAtOnceInFileOrder() {
        assertThat(files.problems("""
                source:
                  type: lines
                  path: ${env:NOWHERE}
                sinks:
                  type: blackhole
                transform:
                  - source-table: a.b
                    filter: id > 10
                route:
                  - source-table: a.(b
                    sink-tabel: c.d
                pipeline:
                  paralellism: 2
                  checkpoint.interval: soon
                """)).isEqualTo("""
                shop.yaml:1:1: 'sink' is missing. Add 'sink:' with its 'type:'.
                shop.yaml:3:9: The environment variable 'NOWHERE' is not set. Set it, or give a file that does by --env-file.
                shop.yaml:4:1: Unknown section 'sinks'. Did you mean 'sink'?
                shop.yaml:6:1: 'transform' would change the data and is not supported yet (CFG-003). Remove it, or transform in the database by a view or after the sink.
                shop.yaml:10:5: 'route' lacks 'sink-table'. Add 'sink-table: …'.
                shop.yaml:10:19: 'source-table' is no regular expression: Unclosed group. A dot parts database and table; write \\. for 'any character', as in shop\\.*.
                shop.yaml:11:17: Unknown key 'sink-tabel' in route. Did you mean 'sink-table'?
                shop.yaml:13:16: Unknown key 'paralellism' in pipeline. Did you mean 'parallelism'?
                shop.yaml:14:24: 'checkpoint.interval' is 'soon'. It takes a duration such as 500ms, 10s, 5min or 1h.""");
    }

    @Test
    void refusesWhatWouldChangeTheDataAndAcceptsAnEmptyTransform() {
        assertThat(files.problems(PipelineFiles.MINIMAL + "transform: []\n")).isEmpty();
        assertThat(files.problems("""
                source: {type: lines}
                sink: {type: blackhole, exclude.schema.changes: [truncate.table]}
                pipeline: {execution.runtime-mode: BATCH}
                """)).isEqualTo("""
                shop.yaml:2:49: 'exclude.schema.changes' would change the data and is not supported yet (CFG-003). Remove it, or transform in the database by a view or after the sink.
                shop.yaml:3:36: 'execution.runtime-mode' can only be STREAMING. For a run that ends, start it with --until-caught-up.""");
    }

    @Test
    void overridesValuesFromTheCommandLine() {
        PipelineDefinition definition = files.set(
                        "sink.table.bucket=4", "source.type=postgres", "pipeline.name=a=b", "source.x=1", "source.x=2")
                .read(PipelineFiles.MINIMAL);

        assertThat(definition.source().type()).isEqualTo("postgres");
        assertThat(at(definition.source().section().values(), "x").text()).isEqualTo("2");
        assertThat(at(definition.sink().section().values(), "table.bucket").place())
                .hasToString("--set sink.table.bucket");
        assertThat(definition.pipeline().name()).isEqualTo("a=b");
    }

    @Test
    void refusesOverridesThatSetNothingWithoutPrintingThem() {
        assertThat(files.set("hunter2hunter2", "sorce.type=x", "route.a=b", "pipeline.paralelism=2")
                        .problems(PipelineFiles.MINIMAL))
                .isEqualTo("""
                        --set: This assigns nothing. Write --set section.key=value.
                        --set sorce.type: 'sorce' holds nothing that can be set. Did you mean 'source.type'?
                        --set route.a: 'route' holds nothing that can be set. Begin the key with source. or sink. or pipeline. or quickstart.
                        --set pipeline.paralelism: Unknown key 'paralelism' in pipeline. Did you mean 'parallelism'?""");
    }

    @Test
    void fillsInWhatTheSourceLeavesOut() {
        ConfigValue given = new ConfigValue("from the shop", new dev.millrace.config.Place("quickstart", 0, 0), false);
        PipelineDefinition definition = files.read("source: {type: postgres, port: 1}\nsink: {type: x}\nquickstart:\n")
                .withSourceDefaults(Map.of("port", given, "hostname", given));

        assertThat(texts(definition.source().section())).isEqualTo(Map.of("port", "1", "hostname", "from the shop"));
        assertThat(definition.quickstart()).isPresent();
        assertThat(files.read(PipelineFiles.MINIMAL).quickstart()).isEmpty();
    }

    @Test
    void saysWhyAFileCanNotBeRead() throws IOException {
        assertUnreadable(folder.resolve("none.yaml"), "none.yaml' does not exist");
        assertUnreadable(folder, "is a folder");
        Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe4});
        assertUnreadable(latin, "is not UTF-8");
        Path huge = Files.write(folder.resolve("huge.yaml"), new byte[PipelineFile.MAX_BYTES + 1]);
        assertUnreadable(huge, "is larger than 1 MiB");
        Path endless = Path.of("/dev/zero");
        if (Files.exists(endless)) {
            assertUnreadable(endless, "is larger than 1 MiB");
        }
    }

    @Test
    void refusesAListForAName() {
        assertThat(files.problems(PipelineFiles.MINIMAL + "pipeline:\n  name: [1, 2]\n"))
                .contains("'name' is a list.");
    }

    @Test
    void agreesWithTheJsonSchemaAboutItsKeys() throws IOException {
        YamlNode.Mapping root = (YamlNode.Mapping) new YamlReader("schema", new java.util.ArrayList<>())
                .read(Files.readString(Path.of("../../configs/pipeline.schema.json")))
                .orElseThrow();
        YamlNode.Mapping sections = below(root, "properties");
        YamlNode.Mapping pipeline = below(below(sections, "pipeline"), "properties");
        YamlNode.Mapping route = below(below(below(sections, "route"), "items"), "properties");

        assertThat(keys(sections)).containsExactlyInAnyOrderElementsOf(DefinitionReader.SECTIONS);
        assertThat(keys(route))
                .containsExactlyInAnyOrder(
                        RouteReader.SOURCE_TABLE,
                        RouteReader.SINK_TABLE,
                        RouteReader.REPLACE_SYMBOL,
                        RouteReader.DESCRIPTION);
        for (String key : keys(pipeline)) {
            String value = key.equals("checkpoint") ? "{}" : "[1]";
            String problems = files.problems(PipelineFiles.MINIMAL + "pipeline: {" + key + ": " + value + "}\n");
            assertThat(problems).doesNotContain("Unknown key");
        }
        assertThat(files.problems(PipelineFiles.MINIMAL + "pipeline: {no-such-key: 1}\n"))
                .contains("Unknown key")
                .satisfies(problem -> assertThat(listed(problem)).isSubsetOf(keys(pipeline)));
    }

    private static List<String> listed(String problem) {
        String list = problem.substring(problem.indexOf("Known keys: ") + 12, problem.length() - 1);
        return List.of(list.split(", "));
    }

    private static YamlNode.Mapping below(YamlNode.Mapping mapping, String key) {
        return (YamlNode.Mapping) mapping.entries().stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static List<String> keys(YamlNode.Mapping mapping) {
        return mapping.entries().stream().map(YamlNode.Entry::key).toList();
    }

    private static void assertUnreadable(Path path, String reason) {
        assertThatThrownBy(() -> new PipelineFile(path, Map.of(), List.of()).read(ConnectorRules.NONE))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code().id()).isEqualTo("CFG-002"))
                .hasMessageContaining(reason);
    }

    private static Map<String, String> texts(ConfigSection section) {
        Map<String, String> texts = new java.util.LinkedHashMap<>();
        section.values().forEach((key, value) -> texts.put(key, value.text()));
        return texts;
    }
}
