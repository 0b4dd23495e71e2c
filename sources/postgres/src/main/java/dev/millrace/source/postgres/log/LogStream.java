package dev.millrace.source.postgres.log;

import dev.millrace.source.postgres.socket.ReceiveGate;
import dev.millrace.source.postgres.types.BigEndian;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyDual;

/**
 * The conversation with the server's sender: it sends messages and signs of life, we report how far we are. The driver's
 * own replication stream is not used because it keeps the signs of life to itself and either does not wait or waits for ever.
 */
final class LogStream implements AutoCloseable {
    /** Microseconds from 1970 to 2000, where the server's clock begins. */
    static final long EPOCH_MICROS = 946_684_800_000_000L;

    /** Where the message begins in what {@link #receive} gives, behind kind, two places and the server's clock. */
    static final int MESSAGE = 25;

    private static final int REPLY_ASKED = 17;
    private static final long REPORT_NANOS = 1_000_000_000L;

    private final Connection connection;
    private final ReceiveGate gate;
    private final CopyDual copy;
    private long serverPlace;
    private long serverMicros;
    private long confirmedPlace;
    private long reportedAt = System.nanoTime();

    LogStream(Connection connection, ReceiveGate gate, CopyDual copy) {
        this.connection = connection;
        this.gate = gate;
        this.copy = copy;
    }

    /**
     * The next message; null if none came in time. What the server says besides is answered and noted.
     *
     * @return a buffer in which the message begins at {@link #MESSAGE}
     */
    byte @Nullable [] receive(long waitNanos) throws SQLException {
        while (true) {
            byte[] received = copy.readFromCopy(false);
            if (received == null) {
                if (!copy.isActive()) {
                    throw ended();
                }
                if (waitNanos <= 0 || !arrives(waitNanos)) {
                    return null;
                }
                received = copy.readFromCopy(true);
            }
            if (received == null) {
                throw ended();
            }
            if (received[0] == 'w') {
                serverMicros = BigEndian.int8(received, 17);
                return received;
            }
            if (sign(received)) {
                return null;
            }
        }
    }

    private static SQLException ended() {
        return new SQLException("the server has ended the stream", "08006");
    }

    private boolean arrives(long waitNanos) throws SQLException {
        try {
            return gate.await(waitNanos);
        } catch (IOException e) {
            throw new SQLException(e.getMessage(), "08006", e);
        }
    }

    /** A sign of life: everything before its place was sent. */
    private boolean sign(byte[] received) throws SQLException {
        if (received[0] != 'k') {
            throw MalformedMessage.ofKind(received[0]);
        }
        serverPlace = BigEndian.int8(received, 1);
        serverMicros = BigEndian.int8(received, 9);
        if (received[REPLY_ASKED] != 0) {
            report();
        }
        return true;
    }

    /** Everything that committed before this place was sent, as the server last said; 0 if it did not yet. */
    long serverPlace() {
        return serverPlace;
    }

    /** The server's clock when it last said anything, in microseconds since the epoch. */
    long serverMicros() {
        return serverMicros + EPOCH_MICROS;
    }

    /** Whether so much arrives that it is worth waiting for more of it. */
    boolean isBehind() {
        return gate.isBehind();
    }

    /** The server may forget what committed before the place. */
    void confirm(long place) throws SQLException {
        confirmedPlace = place;
        report();
    }

    /** Reports if the last report was a while ago; the server would end a session that says nothing. */
    void keepAlive() throws SQLException {
        if (System.nanoTime() - reportedAt >= REPORT_NANOS) {
            report();
        }
    }

    private void report() throws SQLException {
        reportedAt = System.nanoTime();
        ByteBuffer report = ByteBuffer.allocate(34)
                .put((byte) 'r')
                .putLong(confirmedPlace)
                .putLong(confirmedPlace)
                .putLong(confirmedPlace)
                .putLong(serverMicros)
                .put((byte) 0);
        copy.writeToCopy(report.array(), 0, report.capacity());
        copy.flushCopy();
    }

    /** Ends the session at once: taking leave would mean to read what the server has sent ahead. */
    @Override
    public void close() throws SQLException {
        connection.abort(Runnable::run);
    }
}
