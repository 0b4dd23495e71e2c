package dev.millrace.dist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class CommandLineTest {
    @TempDir
    private Path folder;

    @Test
    void saysItsVersionWithoutLoadingAnyConnector() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + folder.resolve("classes"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.millrace.cli.Main",
                        "--version")
                .redirectOutput(folder.resolve("out").toFile())
                .start();

        assertThat(process.waitFor()).isZero();
        assertThat(folder.resolve("out")).content().startsWith("cdc ");
        assertThat(Files.readAllLines(folder.resolve("classes")))
                .anyMatch(line -> line.contains("dev.millrace.cli.Main"))
                .noneMatch(line ->
                        line.contains("org.apache.") || line.contains("org.postgresql") || line.contains("picocli"));
    }

    @Test
    void namesTheConnectorsThereAre() throws Exception {
        Files.writeString(folder.resolve("x.yaml"), "source: {type: postgrse}\nsink: {type: papaya}\n");

        CdcCommand.Result result = CdcCommand.run(folder, "check", "x.yaml");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains("x.yaml:1:16: There is no source of type 'postgrse'.\n      Did you mean 'postgres'?")
                .contains("There is no sink of type 'papaya'")
                .contains("jsonl, paimon");
    }

    @Test
    void reportsProblemsOfTheFileAndOfBothConnectorsAtOnce() throws Exception {
        Files.writeString(folder.resolve("x.yaml"), """
                source:
                  type: postgres
                  hostname: ${env:MILLRACE_NO_SUCH_HOST}
                  port: 99999
                  usrname: me
                  tables: shop.public.\\.*
                sink:
                  type: paimon
                  buckets: 4
                """);

        CdcCommand.Result result = CdcCommand.run(folder, "run", "x.yaml");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains("x.yaml:3:13: The environment variable 'MILLRACE_NO_SUCH_HOST' is not set.")
                .contains("x.yaml:4:9: 'port' is '99999'.")
                .contains("x.yaml:5:12: Unknown key 'usrname' in source.\n      Did you mean 'username'?")
                .contains("Unknown key 'buckets' in sink.");
    }

    @Test
    void acceptsTheExamplesOfTheRepository() throws Exception {
        Files.writeString(folder.resolve("x.env"), "DB_HOST=127.0.0.1\nDB_PASSWORD=hunter2hunter2\n");

        CdcCommand.Result result = CdcCommand.run(
                folder,
                "status",
                Path.of("../configs/postgres-to-paimon.yaml").toAbsolutePath().normalize(),
                "--env-file",
                "x.env");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("pipeline    shop, postgres to paimon")
                .contains("never ran");
    }

    @Test
    void answersWithTheSourcesCodeWhereTheDatabaseIsNotThere() throws Exception {
        Files.writeString(folder.resolve("x.yaml"), """
                source: {type: postgres, hostname: 127.0.0.1, port: 1, username: me, password: hunter2hunter2, tables: a.b.c}
                sink: {type: paimon, warehouse: w}
                """);

        CdcCommand.Result check = CdcCommand.run(folder, "check", "x.yaml");

        assertThat(check.code()).as(check.err()).isEqualTo(7);
        assertThat(check.out() + check.err()).contains("127.0.0.1:1").doesNotContain("hunter2");
    }
}
