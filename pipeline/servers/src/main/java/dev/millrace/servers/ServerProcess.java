package dev.millrace.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One run of a server: its process, from start to end. */
final class ServerProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PATIENCE_WITH_FAST = Duration.ofSeconds(20);
    private static final Duration PATIENCE_WITH_IMMEDIATE = Duration.ofSeconds(10);

    private final Process process;
    private final StopSignals signals;
    private final Watchdog watchdog;

    private ServerProcess(Process process, StopSignals signals, Watchdog watchdog) {
        this.process = process;
        this.signals = signals;
        this.watchdog = watchdog;
    }

    /** @param temporary a folder to delete if this JVM ends before the server */
    static ServerProcess launch(List<String> command, StopSignals signals, Path log, Optional<Path> temporary)
            throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ServerProcess(process, signals, Watchdog.over(process, signals, temporary));
    }

    /** Waits until connections are accepted; false where the server ended instead, or is not ready within a minute. */
    boolean awaitReady(BooleanSupplier ready) {
        Deadline deadline = Deadline.in(PATIENCE);
        while (process.isAlive()) {
            if (ready.getAsBoolean()) {
                return true;
            }
            if (!deadline.pause()) {
                return false;
            }
        }
        return false;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Ends all sessions and writes a last checkpoint; a client that hinders that is not waited for. */
    void stopFast() {
        if (!endBy(signals.orderly(), PATIENCE_WITH_FAST)) {
            stopImmediately();
        }
    }

    /** Ends without a checkpoint; PostgreSQL then still gives shared memory back, which it can't when it is killed. */
    void stopImmediately() {
        if (!endBy(signals.hasty(), PATIENCE_WITH_IMMEDIATE)) {
            kill();
        }
    }

    /** As a crash of the machine would: the server and all its processes are gone when this returns. */
    void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(PATIENCE);
        Deadline deadline = Deadline.in(PATIENCE);
        boolean patient = true;
        while (patient && children.stream().anyMatch(ServerProcess::isRunning)) {
            patient = deadline.pause();
        }
        watchdog.dismiss();
    }

    private boolean endBy(String signal, Duration patience) {
        Programs.run(List.of("sh", "-c", "kill -s \"$0\" \"$1\"", signal, Long.toString(process.pid())));
        boolean ended = awaitEnd(patience);
        if (ended) {
            watchdog.dismiss();
        }
        return ended;
    }

    private boolean awaitEnd(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("Interrupted while a server was ending", e);
        }
    }

    /** An orphan that has ended stays listed until the system's first process reaps it, which can take seconds. */
    private static boolean isRunning(ProcessHandle child) {
        return child.isAlive() && !isZombie(child.pid());
    }

    private static boolean isZombie(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        try {
            String line = Files.readString(stat);
            return line.startsWith("Z", line.lastIndexOf(')') + 2);
        } catch (IOException notLinuxOrGone) {
            return false;
        }
    }
}
