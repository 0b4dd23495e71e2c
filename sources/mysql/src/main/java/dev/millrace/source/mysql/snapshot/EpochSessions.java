package dev.millrace.source.mysql.snapshot;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.wire.ServerSession;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Where the sessions of an epoch wait for readers. What they see is gone with them: there is no other way to it. The enumerator
 * opens and closes, readers take and give back, each in its own thread.
 */
public final class EpochSessions implements AutoCloseable {
    private static final Open NONE = new Open(-1, new ConcurrentLinkedQueue<>());
    /** Changed by the enumerator alone. */
    private volatile Open current = NONE;

    private record Open(int number, Queue<ServerSession> free) {}

    /** Puts an epoch in the place of the one before, whose sessions are closed. */
    public void open(int number, List<ServerSession> sessions) {
        Open before = current;
        current = new Open(number, new ConcurrentLinkedQueue<>(sessions));
        end(before);
    }

    /**
     * A session that sees the epoch's state; empty where others have all of them.
     *
     * @throws MillraceException where the epoch has ended, or was opened by a process before this one
     */
    Optional<ServerSession> take(int number) {
        Open open = current;
        if (open.number() != number) {
            throw new MillraceException(
                    MySqlError.SNAPSHOT_LOST,
                    "The sessions that saw the state of the snapshot's epoch " + number + " are gone.",
                    "What was not read yet is read in a new epoch.");
        }
        return Optional.ofNullable(open.free().poll());
    }

    /** Gives a session back that has nothing under way. */
    void giveBack(int number, ServerSession session) {
        Open open = current;
        if (open.number() != number) {
            session.close();
            return;
        }
        open.free().add(session);
        if (current.number() != number) {
            end(open);
        }
    }

    /** Ends the epoch. Sessions that readers have are theirs to close. */
    @Override
    public void close() {
        Open before = current;
        current = NONE;
        end(before);
    }

    private static void end(Open open) {
        for (ServerSession session = open.free().poll();
                session != null;
                session = open.free().poll()) {
            session.close();
        }
    }
}
