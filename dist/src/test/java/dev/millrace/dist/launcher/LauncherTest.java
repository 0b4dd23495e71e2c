package dev.millrace.dist.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    private static final Path SCRIPTS = Path.of("src/main/install").toAbsolutePath();

    @TempDir
    private Path folder;

    private Path installed = Path.of("");

    @BeforeEach
    void install() throws IOException {
        installed = folder.resolve("installed here");
        for (String script : List.of("bin/cdc", "libexec/launch.sh")) {
            Path target = installed.resolve(script);
            Files.createDirectories(target.getParent());
            Files.copy(SCRIPTS.resolve(script), target);
        }
        Files.createDirectories(installed.resolve("lib"));
        Files.createFile(installed.resolve("lib/b.jar"));
        Files.createFile(installed.resolve("lib/a.jar"));
    }

    @Test
    void handsOverArgumentsAsTheyAre() throws Exception {
        Path jdk = jdk("25.0.1");

        Ended ended =
                cdc(Map.of("JAVA_HOME", jdk.toString()), "run", "a file.yaml", "--set", "sink.name=\"x  y\" $HOME *");

        assertThat(ended.exit).isZero();
        assertThat(ended.out.subList(ended.out.indexOf("dev.millrace.cli.Main") + 1, ended.out.size()))
                .containsExactly("run", "a file.yaml", "--set", "sink.name=\"x  y\" $HOME *");
    }

    @Test
    void ordersTheClassPathByName() throws Exception {
        Ended ended = cdc(Map.of("JAVA_HOME", jdk("25").toString()));

        assertThat(ended.out.get(ended.out.indexOf("-cp") + 1))
                .isEqualTo(installed.toRealPath().resolve("lib/a.jar") + ":"
                        + installed.toRealPath().resolve("lib/b.jar"));
    }

    @Test
    void passesOverAnOldJavaHome() throws Exception {
        Path old = jdk("17.0.15");
        Path onPath = jdk("21.0.2");

        Ended ended =
                cdc(Map.of("JAVA_HOME", old.toString(), "PATH", onPath.resolve("bin") + ":" + System.getenv("PATH")));

        assertThat(ended.out.getFirst()).isEqualTo(onPath.resolve("bin/java").toString());
    }

    @Test
    void followsALinkOnThePathToItsJdk() throws Exception {
        Path jdk = jdk("22");
        Path bin = Files.createDirectory(folder.resolve("links"));
        Files.createSymbolicLink(bin.resolve("java"), jdk.resolve("bin/java"));

        Ended ended = cdc(Map.of("JAVA_HOME", "", "PATH", bin + ":" + System.getenv("PATH")));

        assertThat(ended.out.getFirst()).isEqualTo(jdk.resolve("bin/java").toString());
    }

    @Test
    void startsThroughALinkToTheCommand() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("cdc"), installed.resolve("bin/cdc"));

        Ended ended = run(Map.of("JAVA_HOME", jdk("25").toString()), "sh", link.toString(), "--version");

        assertThat(ended.out).endsWith("dev.millrace.cli.Main", "--version");
    }

    @Test
    void givesOptionsThatOnlyLaterJdksKnowToThoseOnly() throws Exception {
        String option = "--sun-misc-unsafe-memory-access=allow";

        assertThat(cdc(Map.of("JAVA_HOME", jdk("21.0.8").toString())).out).doesNotContain(option);
        assertThat(cdc(Map.of("JAVA_HOME", jdk("25.0.3").toString())).out).contains(option);
    }

    @Test
    void letsTheUsersJvmOptionsWin() throws Exception {
        Ended ended = cdc(Map.of("JAVA_HOME", jdk("25").toString(), "CDC_JAVA_OPTS", "-Xmx2g -Dx=y"));

        assertThat(ended.out).contains("-Xmx2g", "-Dx=y");
        assertThat(ended.out.indexOf("-Xmx2g")).isGreaterThan(ended.out.indexOf("-Xmx560m"));
    }

    @Test
    void endsWithACodeOfItsOwnWhereTheHeapIsTooSmall() throws Exception {
        installMain(
                "java.util.List<byte[]> all = new java.util.ArrayList<>(); while (true) all.add(new byte[1 << 20]);");

        Ended ended = cdc(Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "CDC_JAVA_OPTS",
                "-Xms16m -Xmx16m",
                "TMPDIR",
                folder.toString()));

        assertThat(ended.exit).isEqualTo(134);
        assertThat(ended.out).isEmpty();
        assertThat(ended.err)
                .contains("java.lang.OutOfMemoryError: Java heap space")
                .contains("cdc: out of heap. Start again")
                .contains("\n  next:  give it more heap (CDC_JAVA_OPTS=-Xmx1g), or lower pipeline.parallelism.\n");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("core"));
        }
    }

    @Test
    void saysWhichJdksAreTooOldAndWhatToDo() throws Exception {
        Path jdk = jdk("25.0.3");
        String script = ". '" + installed.resolve("libexec/launch.sh") + "'; cdc_needed_java=99; cdc_find_jdk java";

        Ended ended = run(Map.of("JAVA_HOME", jdk.toString()), "sh", "-c", script);

        assertThat(ended.exit).isEqualTo(1);
        assertThat(ended.out).isEmpty();
        assertThat(ended.err)
                .contains("Java 99 or later is needed")
                .contains("Java 25 in " + jdk)
                .contains("set JAVA_HOME");
    }

    @Test
    void asksForACompilerWhereOneIsNeeded() throws Exception {
        Path jdk = jdk("99");
        String script =
                ". '" + installed.resolve("libexec/launch.sh") + "'; cdc_needed_java=99; cdc_find_jdk java javac";

        Ended ended = run(Map.of("JAVA_HOME", jdk.toString()), "sh", "-c", script);

        assertThat(ended.exit).isEqualTo(1);
        assertThat(ended.err).contains("Java 99 without javac in " + jdk);
    }

    /** A folder that looks like a JDK; its java prints its own path and its arguments, one a line. */
    private Path jdk(String version) throws IOException {
        Path jdk = Files.createDirectories(folder.resolve("jdk " + version));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return jdk;
    }

    /** Puts a command in place that does nothing but this. */
    private void installMain(String statements) throws IOException {
        Path source = folder.resolve("Main.java");
        Files.writeString(
                source,
                "package dev.millrace.cli; public class Main { public static void main(String[] a) { " + statements
                        + " } }");
        Path classes = Files.createDirectory(folder.resolve("classes"));
        int compiled =
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(), source.toString());
        assertThat(compiled).isZero();
        String name = "dev/millrace/cli/Main.class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(installed.resolve("lib/a.jar")))) {
            jar.putNextEntry(new ZipEntry(name));
            Files.copy(classes.resolve(name), jar);
        }
        Files.delete(installed.resolve("lib/b.jar"));
    }

    private Ended cdc(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("sh", installed.resolve("bin/cdc").toString()));
        command.addAll(List.of(arguments));
        return run(environment, command.toArray(String[]::new));
    }

    private Ended run(Map<String, String> environment, String... command) throws Exception {
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        List<String> out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return new Ended(process.waitFor(), out, Files.readString(err));
    }

    private record Ended(int exit, List<String> out, String err) {}
}
