package dev.millrace.source.postgres.log;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.failure.PostgresError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Large transactions, which the server sends while they are still in progress, several in turns. They share some memory; the
 * largest goes to a file when it is used up.
 */
final class Spools implements AutoCloseable {
    private final Path folder;
    private final long memoryBytes;
    private final Map<Integer, Spool> spools = new HashMap<>();
    private @Nullable Spool current;
    private int replayed;

    Spools(Path folder, long memoryBytes) {
        this.folder = folder;
        this.memoryBytes = memoryBytes;
    }

    /** Messages belong to the transaction until {@link #stop}. */
    void start(int xid) {
        current = spools.computeIfAbsent(
                xid, id -> new Spool(folder.resolve("transaction-" + Integer.toUnsignedString(id) + ".spool")));
    }

    void stop() {
        current = null;
    }

    /** Whether messages are of a transaction in progress. */
    boolean isStarted() {
        return current != null;
    }

    void append(int xid, byte kind, byte[] source, int from, int end) {
        Spool spool = Objects.requireNonNull(current);
        int before = spool.inMemory();
        spool.append(xid, kind, source, from, end);
        if (spool.inMemory() != before) {
            relieve();
        }
    }

    /** Moves the largest to files until the rest fits into memory. */
    private void relieve() {
        long used = spools.values().stream().mapToLong(Spool::inMemory).sum();
        while (used > memoryBytes) {
            Spool largest = spools.values().stream()
                    .max(Comparator.comparingInt(Spool::inMemory))
                    .orElseThrow();
            long before = largest.inMemory();
            try {
                Files.createDirectories(folder);
                largest.spill();
            } catch (IOException e) {
                throw failed("written", e);
            }
            if (largest.inMemory() == before) {
                return;
            }
            used -= before - largest.inMemory();
        }
    }

    void abort(int xid, int subXid) {
        Spool spool = spools.get(xid);
        if (spool == null) {
            return;
        }
        if (xid == subXid) {
            forget(xid);
        } else {
            spool.abort(subXid);
        }
    }

    /** The transaction has committed. Its spool stays until {@link #replayed}. */
    Replay commit(int xid) {
        Spool spool = spools.get(xid);
        if (spool == null) {
            throw MalformedMessage.of("the commit of transaction " + Integer.toUnsignedString(xid)
                    + ", of which nothing was sent");
        }
        replayed = xid;
        try {
            return spool.replay();
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    void replayed() {
        forget(replayed);
    }

    private void forget(int xid) {
        Spool spool = spools.remove(xid);
        if (spool != null) {
            end(spool);
        }
    }

    private void end(Spool spool) {
        try {
            spool.close();
        } catch (IOException e) {
            throw failed("removed", e);
        }
    }

    MillraceException failed(String done, IOException cause) {
        return new MillraceException(
                PostgresError.SPOOL,
                "A large transaction, which is kept on disk until it commits, can't be " + done + " in " + folder + ": " + cause,
                "See that the disk has room for the largest transaction and the folder may be written; reading then goes on from"
                        + " the last checkpoint.",
                cause);
    }

    @Override
    public void close() {
        current = null;
        spools.values().forEach(this::end);
        spools.clear();
    }
}
