package dev.millrace.source.mysql.snapshot;

import dev.millrace.source.mysql.catalog.PendingTransactions;
import dev.millrace.source.mysql.position.BinlogPlace;
import dev.millrace.source.mysql.position.LogStart;
import dev.millrace.source.mysql.wire.ServerSession;
import java.util.List;

/**
 * Sessions that all see the same state of the server, and where in the log that state is: what was committed before is in
 * it, what was committed after is not.
 *
 * @param place     by the server's files
 * @param after     by global transaction ids, where the server has them, else the same place
 * @param pending   that were prepared at the place, and perhaps others that were just before or behind it
 * @param heldNanos for how long writes were held up; 0 where they were not
 */
public record Epoch(
        List<ServerSession> readers, BinlogPlace place, LogStart after, PendingTransactions pending, long heldNanos)
        implements AutoCloseable {
    public Epoch {
        readers = List.copyOf(readers);
    }

    @Override
    public void close() {
        readers.forEach(ServerSession::close);
    }
}
