package dev.millrace.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one child process at a time and reads off what it and the database server used. */
public final class Meter {
    private static final Duration LONGEST_RUN = Duration.ofHours(1);
    private static final long SAMPLE_MILLIS = 20;
    /** The server's processes that served the child end a little after it; until then their time is not their parent's. */
    private static final long SERVER_SETTLES_MILLIS = 300;

    private static final int LINES_OF_A_FAILURE = 40;
    private final long serverPid;

    /** @param serverPid the server's first process; the others are its children */
    public Meter(long serverPid) {
        this.serverPid = serverPid;
    }

    /** @param output what the child printed, line by line */
    public record Run(Duration wall, Duration client, Duration server, long peakBytes, List<String> output) {}

    /**
     * Runs a command to its end.
     *
     * @param log where its output goes
     * @throws IllegalStateException where it fails, with the end of its output
     */
    public Run run(List<String> command, Path log) throws IOException, InterruptedException {
        Duration serverBefore = ProcessTimes.ofServer(serverPid);
        Duration clientBefore = ProcessTimes.ofEndedChildren();
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        long peak;
        try {
            peak = watch(process, command, log);
        } finally {
            process.destroyForcibly();
        }
        Duration wall = Duration.ofNanos(System.nanoTime() - start);
        Thread.sleep(SERVER_SETTLES_MILLIS);
        List<String> output = Files.readAllLines(log);
        if (process.exitValue() != 0) {
            int from = Math.max(0, output.size() - LINES_OF_A_FAILURE);
            throw new IllegalStateException(String.join(" ", command) + "\nended with " + process.exitValue() + ":\n"
                    + String.join("\n", output.subList(from, output.size())));
        }
        return new Run(
                wall,
                ProcessTimes.ofEndedChildren().minus(clientBefore),
                ProcessTimes.ofServer(serverPid).minus(serverBefore),
                peak,
                output);
    }

    private static long watch(Process process, List<String> command, Path log) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_RUN.toNanos();
        long peak = 0;
        while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, ProcessTimes.peakBytes(process.pid()).orElse(0L));
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(String.join(" ", command) + "\ndid not end within " + LONGEST_RUN
                        + "; its output is in " + log);
            }
        }
        return peak;
    }
}
