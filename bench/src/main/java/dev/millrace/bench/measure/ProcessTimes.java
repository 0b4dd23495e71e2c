package dev.millrace.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Processor time by process, from {@code /proc}. */
final class ProcessTimes {
    /** The unit of these counters is part of the kernel's interface: always a hundredth of a second. */
    private static final long TICK_MILLIS = 10;

    private static final Path PROC = Path.of("/proc");
    private static final int PARENT = 1;
    private static final int OWN_USER = 11;
    private static final int OWN_SYSTEM = 12;
    private static final int ENDED_USER = 13;
    private static final int ENDED_SYSTEM = 14;

    private ProcessTimes() {}

    /** What the children of this JVM that have ended, and were waited for, used in their lives. */
    static Duration ofEndedChildren() {
        return stat(PROC.resolve("self"))
                .map(fields -> ticks(fields, ENDED_USER, ENDED_SYSTEM))
                .orElseThrow();
    }

    /** What a process and its children, ended or not, used so far. */
    static Duration ofServer(long pid) {
        Duration used = stat(PROC.resolve(Long.toString(pid)))
                .map(ProcessTimes::whole)
                .orElseThrow(() -> new IllegalStateException("The server's process " + pid + " is gone"));
        try (Stream<Path> all = Files.list(PROC)) {
            return all.filter(ProcessTimes::isProcess)
                    .flatMap(process -> stat(process).stream())
                    .filter(fields -> Long.parseLong(fields[PARENT]) == pid)
                    .map(ProcessTimes::whole)
                    .reduce(used, Duration::plus);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The most memory that a process ever held at a time; empty where it has ended. */
    static Optional<Long> peakBytes(long pid) {
        try (Stream<String> lines = Files.lines(PROC.resolve(Long.toString(pid)).resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst();
        } catch (IOException | UncheckedIOException ended) {
            return Optional.empty();
        }
    }

    private static Duration whole(String[] fields) {
        return ticks(fields, OWN_USER, OWN_SYSTEM).plus(ticks(fields, ENDED_USER, ENDED_SYSTEM));
    }

    private static Duration ticks(String[] fields, int user, int system) {
        return Duration.ofMillis(TICK_MILLIS * (Long.parseLong(fields[user]) + Long.parseLong(fields[system])));
    }

    private static boolean isProcess(Path entry) {
        return Character.isDigit(entry.getFileName().toString().charAt(0));
    }

    /** The fields after the program's name, which may hold spaces; empty where the process has ended meanwhile. */
    private static Optional<String[]> stat(Path process) {
        try {
            String line = Files.readString(process.resolve("stat"));
            return Optional.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }
}
