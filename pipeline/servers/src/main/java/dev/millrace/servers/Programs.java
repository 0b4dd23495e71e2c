package dev.millrace.servers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the machine: finds them by name and runs short ones to their end. */
public final class Programs {
    private static final Map<String, String> DEBIAN_PACKAGES = Map.of(
            "pg_recvlogical", "postgresql-client",
            "psql", "postgresql-client",
            "pg_dump", "postgresql-client",
            "pgbench", "postgresql");
    /**
     * Debian's wrappers cover only some of PostgreSQL's programs; the others lie beside the libraries of each version.
     */
    private static final Path DEBIAN_POSTGRES = Path.of("/usr/lib/postgresql");

    private Programs() {}

    /**
     * Where a program is.
     *
     * @throws ServerException where it is not installed; the message names the Debian package that holds it
     */
    public static Path find(String name) {
        return Stream.concat(onPath(name), inDebianPostgres(name)).findFirst().orElseThrow(() -> missing(name));
    }

    /**
     * Runs a short program to its end.
     *
     * @throws ServerException where it does not end with 0; the message holds its output
     */
    public static void execute(List<String> command) {
        run(command).orThrow();
    }

    static ServerException missing(String name) {
        String debian = DEBIAN_PACKAGES.get(name);
        return new ServerException("The program " + name + " is not installed"
                + (debian == null ? "" : ": on Debian, apt-get install " + debian));
    }

    static boolean isOnPath(String name) {
        return onPath(name).findAny().isPresent();
    }

    /** How a program ended, and what it wrote to both its outputs. */
    record Result(List<String> command, int exitCode, String output) {
        void orThrow() {
            if (exitCode != 0) {
                throw new ServerException(
                        "'" + String.join(" ", command) + "' ended with code " + exitCode + ":\n" + output.strip());
            }
        }
    }

    static Result run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(command, process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("Interrupted while '" + command.get(0) + "' ran", e);
        }
    }

    private static Stream<Path> onPath(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, name))
                .filter(Programs::isProgram);
    }

    private static Stream<Path> inDebianPostgres(String name) {
        if (!Files.isDirectory(DEBIAN_POSTGRES)) {
            return Stream.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN_POSTGRES)) {
            return versions
                    .sorted(Comparator.reverseOrder())
                    .map(version -> version.resolve("bin").resolve(name))
                    .filter(Programs::isProgram)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
