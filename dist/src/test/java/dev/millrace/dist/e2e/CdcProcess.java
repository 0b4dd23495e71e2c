package dev.millrace.dist.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of {@code cdc} as a child process that a test may kill. */
final class CdcProcess implements AutoCloseable {
    private static final int FIRST_TO_WARN_OF_UNSAFE = 24;
    private final Process process;
    private final Path output;

    private CdcProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts the command with the test's own class path; output goes to a file in the folder. */
    static CdcProcess start(Path folder, String... arguments) {
        return start(folder, Map.of(), arguments);
    }

    /** The same with further environment variables. */
    static CdcProcess start(Path folder, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= FIRST_TO_WARN_OF_UNSAFE) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.millrace.cli.Main"));
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile(folder, "cdc-", ".out");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().putAll(environment);
            return new CdcProcess(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the command to its end. */
    static Result run(Path folder, Duration limit, String... arguments) {
        try (CdcProcess run = start(folder, arguments)) {
            return run.await(limit);
        }
    }

    /** Waits for the end; a run that takes longer than the limit is killed and fails the test. */
    Result await(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("still running after " + limit + ":\n" + output());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Result(process.exitValue(), output());
    }

    /** Ends after the process did, or after the time: whichever comes first. True if it ended by itself. */
    boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As {@code kill -9}; returns once the process is gone. */
    void kill9() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As {@code kill -TERM}. */
    void terminate() {
        process.destroy();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill9();
    }

    record Result(int exitCode, String output) {}
}
