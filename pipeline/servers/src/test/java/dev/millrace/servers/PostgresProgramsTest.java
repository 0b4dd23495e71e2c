package dev.millrace.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresProgramsTest {

    @Test
    void areUnpackedOnceWhereSeveralProcessesAskAtOnce(@TempDir Path cache) throws Exception {
        List<Process> askers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            askers.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Asks.class.getName(),
                            cache.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        List<String> answers = new ArrayList<>();
        for (Process asker : askers) {
            answers.add(new String(asker.getInputStream().readAllBytes(), UTF_8));
            assertThat(asker.waitFor()).isZero();
        }

        assertThat(answers).containsOnly("postgres (PostgreSQL) 14");
        assertThat(folders(cache)).hasSize(1).allMatch(folder -> folder.startsWith("14."));
    }

    @Test
    void goOnAfterAnUnpackingThatWasKilled(@TempDir Path cache) throws IOException {
        PostgresArchive archive = PostgresArchive.find(14, Platform.current());
        Path complete = PostgresPrograms.of(archive, cache).home();
        Files.move(complete, complete.resolveSibling(complete.getFileName() + ".partial"));
        Files.delete(
                complete.resolveSibling(complete.getFileName() + ".partial").resolve("bin/postgres"));

        assertThat(PostgresPrograms.of(archive, cache).program("postgres")).isExecutable();
        assertThat(folders(cache)).containsExactly(complete.getFileName().toString());
    }

    @Test
    void sayHowToNameAnotherFolderWhereTheirsCannotBeMade(@TempDir Path folder) throws IOException {
        PostgresArchive archive = PostgresArchive.find(14, Platform.current());
        Path taken = Files.createFile(folder.resolve("a file"));

        assertThatThrownBy(() -> PostgresPrograms.of(archive, taken.resolve("cache")))
                .hasMessageContaining(taken.toString())
                .hasMessageContaining("MILLRACE_CACHE");
    }

    @Test
    void sayWhichVersionsThereAre() {
        assertThatThrownBy(() -> PostgresArchive.find(13, Platform.of("Linux", "amd64")))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("PostgreSQL 13 for linux-x86_64 is not on the class path")
                .hasMessageContaining("14.");
        assertThatThrownBy(() -> Platform.of("Windows 11", "amd64"))
                .hasMessageContaining("No PostgreSQL programs are known for Windows 11");
        assertThat(Platform.of("Mac OS X", "aarch64")).hasToString("darwin-arm_64");
    }

    @Test
    void ofTheMachineAreFoundOrNamedWithTheirPackage() {
        assertThat(Programs.find("sh")).isExecutable();
        assertThatThrownBy(() -> Programs.find("no-such-program")).hasMessageContaining("no-such-program");
        assertThat(Programs.missing("pg_recvlogical"))
                .hasMessage(
                        "The program pg_recvlogical is not installed: on Debian, apt-get install postgresql-client");
        assertThatThrownBy(() -> Programs.execute(List.of("sh", "-c", "echo why; exit 3")))
                .hasMessageContaining("code 3")
                .hasMessageContaining("why");
    }

    /** The program of a JVM of its own: unpacks, and says which version's programs it has. */
    static final class Asks {
        private Asks() {}

        public static void main(String[] arguments) {
            PostgresPrograms programs =
                    PostgresPrograms.of(PostgresArchive.find(14, Platform.current()), Path.of(arguments[0]));
            String version = Programs.run(List.of(programs.program("postgres").toString(), "--version"))
                    .output();
            System.out.print(version.substring(0, version.indexOf('.')));
        }
    }

    private static List<String> folders(Path cache) throws IOException {
        try (Stream<Path> entries = Files.list(cache)) {
            return entries.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .toList();
        }
    }
}
