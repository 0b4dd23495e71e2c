package dev.millrace.definition;

import static dev.millrace.definition.PipelineFiles.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.config.ConfigException;
import dev.millrace.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsTest {
    @TempDir
    private Path folder;

    private PipelineFiles files;

    @BeforeEach
    void setUp() {
        files = PipelineFiles.in(folder);
    }

    @Test
    void replacesVariablesAndFilesInsideOfValues() throws IOException {
        Files.writeString(folder.resolve("password.txt"), "hush hush\n");
        Map<String, ConfigValue> source = files.with(Map.of("USER", "me", "EMPTY", ""))
                .read("""
                        source:
                          type: x
                          user: ${env:USER}
                          both: ${env:USER}@${env:USER}${env:EMPTY}!
                          pass: ${file:password.txt}
                          none: $${env:USER} ${USER} $ {env:USER}
                        sink: {type: y}
                        """)
                .source()
                .section()
                .values();

        assertThat(at(source, "user").text()).isEqualTo("me");
        assertThat(at(source, "both").text()).isEqualTo("me@me!");
        assertThat(at(source, "pass").text()).isEqualTo("hush hush");
        assertThat(at(source, "none").text()).isEqualTo("${env:USER} ${USER} $ {env:USER}");
        assertThat(at(source, "user").secret()).isTrue();
        assertThat(at(source, "pass")).hasToString("******");
        assertThat(at(source, "none").secret()).isFalse();
    }

    @Test
    void putsStructureOfAVariableInAsText() {
        Map<String, ConfigValue> source = files.with(Map.of("EVIL", "x\n  port: 1\n${env:EVIL}"))
                .read("source:\n  type: y\n  user: ${env:EVIL}\nsink: {type: y}\n")
                .source()
                .section()
                .values();

        assertThat(source).containsOnlyKeys("user");
        assertThat(at(source, "user").text()).isEqualTo("x\n  port: 1\n${env:EVIL}");
    }

    @Test
    void saysWhichPlaceholderHasNoValue() {
        assertThat(files.with(Map.of("DB_PASSWORD", "hush")).problems("""
                source: {type: x, password: "${env:DB_PASWORD}", a: "${file:gone}", b: "${evn:X}", c: "${vault:X}"}
                sink: {type: y}
                """)).isEqualTo("""
                shop.yaml:1:29: The environment variable 'DB_PASWORD' is not set. Set it, or give a file that does by --env-file. Did you mean 'DB_PASSWORD'?
                shop.yaml:1:53: The file 'gone' can't be read: there is none. Name a file that this user may read.
                shop.yaml:1:72: '${evn:…}' is not known. Did you mean '${env:…}'?
                shop.yaml:1:87: '${vault:…}' is not known. Write ${env:NAME} or ${file:path}; '$${' stands for '${' itself.""");
    }

    @Test
    void knowsSecretsByTheirKeyAndByTheirShape() {
        List<String> keys = List.of(
                "password",
                "sslpassword",
                "s3.secret-key",
                "fs.s3a.access.key",
                "auth_token",
                "api-key",
                "aws.credentials",
                "privateKey");
        assertThat(keys).allMatch(key -> SecretKeys.isSecret(key, "x"));
        assertThat(List.of("slot.name", "tables", "primary-key", "key.columns", "passive"))
                .noneMatch(key -> SecretKeys.isSecret(key, "x"));
        assertThat(SecretKeys.isSecret("url", "jdbc:postgresql://me:hush@host/db"))
                .isTrue();
        assertThat(SecretKeys.isSecret("url", "jdbc:postgresql://host/db?user=me&password=hush"))
                .isTrue();
        assertThat(SecretKeys.isSecret("url", "s3://bucket/folder")).isFalse();
    }

    @Test
    void listsWhatMustNotBePrintedAndLeavesOutWhatTheFileSaysOpenly() {
        PipelineDefinition definition = files.with(Map.of("USER", "postgres", "HOST", "db.internal"))
                .set("sink.token=by-hand-4711")
                .read("""
                        source: {type: postgres, username: "${env:USER}", hostname: "${env:HOST}", password: abc}
                        sink: {type: y}
                        """);

        assertThat(definition.secrets().hide("postgres at db.internal with by-hand-4711 and abc"))
                .isEqualTo("postgres at ****** with ****** and abc");
    }

    @Property(tries = 200)
    void neverPrintsASecretInAProblem(@ForAll("secrets") String secret) throws IOException {
        Path file = Files.createTempFile("secret", ".yaml");
        try {
            Files.writeString(file, """
                    source: {type: "${env:S}", port: "${env:S}", a: {b: "${env:S}"}, a.b: "${env:S}", list: ["${env:S}", {x: "${env:S}"}]}
                    sink: {type: "${env:S}", password: "%s", password: "%s"}
                    route:
                      - source-table: "${env:S}("
                        sink-table: "${env:S}.a.b.c.d"
                        replace-symbol: "${env:S}."
                    pipeline: {name: "${env:S}", parallelism: "${env:S}", checkpoint.interval: "${env:S}", state: "${env:S}: :", route-mode: "${env:S}", schema.change.behavior: "${env:S}", execution.runtime-mode: "${env:S}", nosuch: "${env:S}"}
                    transform: ["${env:S}"]
                    other: "${env:S}"
                    """.formatted(secret, secret));

            assertThatThrownBy(
                            () -> new PipelineFile(file, Map.of("S", secret), List.of("source.port=" + secret, secret))
                                    .read(ConnectorRules.NONE))
                    .isInstanceOf(ConfigException.class)
                    .satisfies(e -> assertThat(
                                    String.valueOf(e.getMessage()).lines().count())
                            .isGreaterThan(10))
                    .message()
                    .doesNotContain(secret);
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings()
                .withCharRange('!', '~')
                .excludeChars('"', '\\')
                .ofMinLength(8)
                .ofMaxLength(40);
    }
}
