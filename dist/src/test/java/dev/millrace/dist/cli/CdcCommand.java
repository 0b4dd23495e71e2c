package dev.millrace.dist.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code cdc} as a child process, on the class path of the tests, with both streams kept apart. */
final class CdcCommand implements AutoCloseable {
    private final Process process;
    private final Path out;
    private final Path err;

    private CdcCommand(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    record Result(int code, String out, String err) {}

    static CdcCommand start(Path folder, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.millrace.cli.Main"));
        List.of(arguments).forEach(argument -> command.add(argument.toString()));
        Path out = Files.createTempFile(folder, "cdc-", ".out");
        Path err = Files.createTempFile(folder, "cdc-", ".err");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        process.getOutputStream().close();
        return new CdcCommand(process, out, err);
    }

    static Result run(Path folder, Object... arguments) throws Exception {
        try (CdcCommand command = start(folder, arguments)) {
            return command.end(Duration.ofMinutes(2));
        }
    }

    /** The end of the process; it fails the test where it takes longer. */
    Result end(Duration limit) throws Exception {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + limit + ":\n" + err());
        }
        return new Result(process.exitValue(), Files.readString(out), err());
    }

    /** Returns once the text stands in standard error, or the process has ended. */
    void awaitMessage(String text) throws Exception {
        while (!err().contains(text) && process.isAlive()) {
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
    }

    /** Sends a signal as {@code kill} does: {@code INT}, {@code TERM}. */
    void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private String err() throws IOException {
        return Files.readString(err);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
