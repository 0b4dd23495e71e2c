package dev.millrace.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A data folder's {@code postmaster.pid}: which process serves it, and whether it is ready. */
final class PostmasterFile {
    private static final int STATUS_LINE = 7;
    private final Path data;
    private final Path file;

    PostmasterFile(Path data) {
        this.data = data;
        this.file = data.resolve("postmaster.pid");
    }

    /** Whether the server that runs as this process accepts connections. */
    boolean isReady(long pid) {
        List<String> lines = lines();
        return lines.size() > STATUS_LINE
                && lines.get(0).strip().equals(Long.toString(pid))
                && lines.get(STATUS_LINE).strip().equals("ready");
    }

    /**
     * Makes the folder free for a new server. A server that is just ending gets some time; the file of a server that is
     * gone is removed, because PostgreSQL would take any process that now has its number for that server.
     *
     * @throws ServerException while another server runs on this folder
     */
    void makeWay(Duration patience) {
        Optional<ProcessHandle> running = running();
        Deadline deadline = Deadline.in(patience);
        while (running.isPresent() && deadline.pause()) {
            running = running();
        }
        if (running.isPresent()) {
            throw new ServerException("A PostgreSQL server runs on " + data + " already, as process "
                    + running.get().pid() + ". Stop it first: kill -INT "
                    + running.get().pid());
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<ProcessHandle> running() {
        return lines().stream()
                .findFirst()
                .map(line -> Long.parseLong(line.strip()))
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .filter(this::serves);
    }

    /** A process number is soon given to another program: a server says in its arguments which folder it serves. */
    private boolean serves(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        return info.arguments()
                .map(arguments -> Arrays.stream(arguments).anyMatch(data.toString()::equals))
                .orElseGet(() -> info.command()
                        .map(command -> command.endsWith("/postgres"))
                        .orElse(true));
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
