package dev.millrace.source.postgres.log;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Transactions of which the server sends parts before they commit, each in its {@link Spool}. */
final class StreamedTransactions implements AutoCloseable {
    private static final int MOST_MEMORY_BYTES = 1 << 18;

    private final Path folder;
    private final int memoryBytes;
    private final Map<Integer, Spool> spools = new HashMap<>();
    private @Nullable Spool block;

    /** @param batchBytes about how large a batch is; a transaction keeps no more than a few of them in memory */
    StreamedTransactions(Path folder, long batchBytes) {
        this.folder = folder;
        this.memoryBytes = (int) Math.min(4 * batchBytes, MOST_MEMORY_BYTES);
    }

    /** The messages that follow belong to this transaction. */
    void startBlock(int transaction) {
        block = spools.computeIfAbsent(transaction, id -> new Spool(folder, memoryBytes, Integer.toUnsignedLong(id)));
    }

    void endBlock() {
        block = null;
    }

    boolean inBlock() {
        return block != null;
    }

    /** Keeps a message of the block. */
    void add(byte[] source, int offset, int length) {
        if (block == null) {
            throw new IllegalStateException("no block is open");
        }
        block.add(source, offset, length);
    }

    void abort(int transaction, int subtransaction) {
        if (transaction != subtransaction) {
            Spool spool = spools.get(transaction);
            if (spool != null) {
                spool.abort(subtransaction);
            }
            return;
        }
        Spool spool = spools.remove(transaction);
        if (spool != null) {
            spool.close();
        }
    }

    /** Hands over what was kept of a transaction that has committed; the caller closes it. */
    Spool commit(int transaction) {
        Spool spool = spools.remove(transaction);
        return spool == null ? new Spool(folder, memoryBytes, Integer.toUnsignedLong(transaction)) : spool;
    }

    @Override
    public void close() {
        block = null;
        spools.values().forEach(Spool::close);
        spools.clear();
    }
}
