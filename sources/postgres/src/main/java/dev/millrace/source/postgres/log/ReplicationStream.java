package dev.millrace.source.postgres.log;

import dev.millrace.source.postgres.catalog.Quoting;
import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.postgres.socket.ReceiveGate;
import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.source.postgres.types.BigEndian;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyDual;

/**
 * The conversation with the server's log sender, on the driver's copy interface: messages come one by one, and the sender
 * is told how far it was heard, and how far everything is safe. It learns the latter only from {@link #acknowledge}.
 */
final class ReplicationStream implements AutoCloseable {
    /** Bytes before the payload of a message with data: kind, two places, a time. */
    static final int HEADER = 25;

    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private final Connection connection;
    private final ReceiveGate gate;
    private final CopyDual copy;
    private final InstantSource clock;
    private final long statusInterval;
    private final long longestSilence;
    private long received;
    private long flushed;
    private long statusAt = System.nanoTime();
    private long heardAt = System.nanoTime();

    private ReplicationStream(
            Connection connection, ReceiveGate gate, CopyDual copy, InstantSource clock, Patience patience) {
        this.connection = connection;
        this.gate = gate;
        this.copy = copy;
        this.clock = clock;
        this.statusInterval = patience.statusInterval().toNanos();
        this.longestSilence = patience.longestSilence().toNanos();
    }

    /**
     * How long each end waits for the other.
     *
     * @param statusInterval how often the sender is told that somebody is there, and asked for a sign of life
     * @param longestSilence after which nobody is there
     */
    record Patience(Duration statusInterval, Duration longestSilence) {
        private static final Duration LONGEST_STATUS_INTERVAL = Duration.ofSeconds(10);

        /** @param senderTimeoutMillis the server's {@code wal_sender_timeout}; 0 for none */
        static Patience of(long senderTimeoutMillis, Duration longestSilence) {
            Duration third = Duration.ofMillis(Math.max(1, senderTimeoutMillis / 3));
            boolean isShorter = senderTimeoutMillis > 0 && third.compareTo(LONGEST_STATUS_INTERVAL) < 0;
            return new Patience(isShorter ? third : LONGEST_STATUS_INTERVAL, longestSilence);
        }
    }

    static ReplicationStream start(Sessions sessions, LogSplit split, InstantSource clock, Patience patience)
            throws SQLException {
        ReceiveGate gate = ReceiveGate.open();
        Connection connection = null;
        try {
            connection = sessions.replication("log", gate);
            // For a message that has begun, which the driver reads to its end.
            connection.setNetworkTimeout(
                    Runnable::run, (int) patience.longestSilence().toMillis());
            CopyDual copy = connection.unwrap(PGConnection.class).getCopyAPI().copyDual(command(split));
            ReplicationStream stream = new ReplicationStream(connection, gate, copy, clock, patience);
            stream.received = split.startPlace();
            return stream;
        } catch (SQLException | RuntimeException e) {
            gate.close();
            if (connection != null) {
                connection.close();
            }
            throw e;
        }
    }

    private static String command(LogSplit split) {
        return "START_REPLICATION SLOT " + Quoting.identifier(split.target().slot()) + " LOGICAL "
                + Slots.text(split.startPlace())
                + " (proto_version '2', streaming 'on', binary 'true', publication_names '"
                + Quoting.identifier(split.target().publication()).replace("'", "''") + "')";
    }

    /**
     * The next message with data, its payload from {@link #HEADER} on, or a sign of life ({@link #isSignOfLife}).
     *
     * @return null if none came within the time
     */
    byte @Nullable [] next(long waitNanos) throws SQLException, IOException {
        byte[] message = copy.readFromCopy(false);
        if (message == null && waitNanos > 0 && gate.await(Math.min(waitNanos, statusInterval))) {
            // Blocks for the rest of a message that has begun; at the connection's end it throws.
            message = copy.readFromCopy(true);
        }
        if (message == null) {
            if (!copy.isActive()) {
                throw new EOFException("the server has ended the stream");
            }
            checkSilence();
            return null;
        }
        received = Math.max(received, BigEndian.int8(message, 1));
        if (isSignOfLife(message) && message[17] != 0) {
            status(false);
        }
        heardAt = 0;
        return message;
    }

    private void checkSilence() throws IOException, SQLException {
        long now = System.nanoTime();
        if (heardAt == 0) {
            heardAt = now;
        }
        if (now - heardAt > longestSilence) {
            throw new SocketTimeoutException("the server has not been heard of for "
                    + Duration.ofNanos(now - heardAt).toSeconds() + " seconds");
        }
    }

    /** Whether so much arrives that it is worth waiting for more of it. */
    boolean isBehind() {
        return gate.isBehind();
    }

    /** Whether a message holds nothing but {@link #place}: everything that commits before it was sent. */
    static boolean isSignOfLife(byte[] message) {
        return message[0] == 'k';
    }

    static long place(byte[] message) {
        return BigEndian.int8(message, 1);
    }

    /** Tells the server in time that somebody is there, and asks the same of it. */
    void keepAlive() throws SQLException {
        if (System.nanoTime() - statusAt > statusInterval) {
            status(true);
        }
    }

    /** For a pause in listening: the silence that follows is our own. */
    void notListening() {
        heardAt = 0;
    }

    /** Everything before this place is safe: the server may forget it. */
    void acknowledge(long place) throws SQLException {
        flushed = Math.max(flushed, place);
        status(false);
    }

    private void status(boolean askForAnswer) throws SQLException {
        statusAt = System.nanoTime();
        byte[] bytes = ByteBuffer.allocate(34)
                .put((byte) 'r')
                .putLong(received)
                .putLong(flushed)
                .putLong(flushed)
                .putLong(EPOCH.until(clock.instant(), ChronoUnit.MICROS))
                .put((byte) (askForAnswer ? 1 : 0))
                .array();
        copy.writeToCopy(bytes, 0, bytes.length);
        copy.flushCopy();
    }

    /** Ends the session at once: taking leave would mean to read what the server has sent ahead. */
    @Override
    public void close() throws SQLException {
        gate.close();
        connection.abort(Runnable::run);
    }
}
