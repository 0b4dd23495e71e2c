package dev.millrace.source.mysql.wire;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.bytes.ByteReader;
import dev.millrace.source.mysql.bytes.RangeSource;
import dev.millrace.source.mysql.failure.ProtocolFailure;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** The log as a server sends it, event by event. An event's bytes are those of the buffer, until the next one is asked for. */
public final class LogStream implements RangeSource {
    private static final int EVENT = 0;
    private static final int END = 0xfe;
    private static final int LONGEST_END = 9;

    private final ServerAddress address;
    private final PacketChannel channel;
    private boolean isTaken;
    private int start;
    private int end;

    LogStream(ServerAddress address, PacketChannel channel) {
        this.address = address;
        this.channel = channel;
    }

    /**
     * How long to wait for an event before the connection is taken for dead: some heartbeats.
     */
    public void readTimeout(Duration timeout) {
        try {
            channel.readTimeout(timeout);
        } catch (IOException e) {
            throw ServerFailure.broken(address, "reading the log", e);
        }
    }

    /**
     * Waits for the next event.
     *
     * @return false at the end of the log, for requests that end there
     * @throws MillraceException where the server refuses, or the connection breaks
     */
    @Override
    public boolean next() {
        try {
            if (!isTaken) {
                channel.receive();
            }
            isTaken = false;
            PacketInput packet = channel.input();
            int mark = packet.end() == packet.start() ? -1 : packet.buffer()[packet.start()] & 0xff;
            if (mark == EVENT) {
                start = packet.start() + 1;
                end = packet.end();
                return true;
            }
            if (mark == END && packet.end() - packet.start() < LONGEST_END) {
                return false;
            }
            if (mark == ServerFailure.ERROR_PACKET) {
                throw ServerFailure.refused(
                        address, "reading the log", new ByteReader(packet.buffer(), packet.start() + 1, packet.end()));
            }
            throw ProtocolFailure.of("A packet of the log begins with byte " + mark);
        } catch (IOException e) {
            throw ServerFailure.broken(address, "reading the log", e);
        }
    }

    /**
     * Waits for what {@link #next} gives, so that it does not wait. The last event's bytes are then gone.
     *
     * @param maxNanos 0 for what is there already
     * @return whether it came within that time
     * @throws MillraceException where the connection breaks
     */
    public boolean await(long maxNanos) {
        try {
            isTaken = isTaken || channel.receive(maxNanos);
            return isTaken;
        } catch (IOException e) {
            throw ServerFailure.broken(address, "reading the log", e);
        }
    }

    /** What to throw for a log that ends though it was asked to go on. */
    public MillraceException ended() {
        return ServerFailure.broken(address, "reading the log", new EOFException("the server ended the log"));
    }

    /** What to throw for a server that has said nothing for so long, though it was asked to. */
    public MillraceException silent(Duration silence) {
        return ServerFailure.broken(
                address,
                "reading the log",
                new SocketTimeoutException("nothing came for " + silence.toSeconds() + " s"));
    }

    @Override
    public byte[] buffer() {
        return channel.input().buffer();
    }

    /** Where the event's header begins. */
    @Override
    public int start() {
        return start;
    }

    /** Where the event ends, its checksum included. */
    @Override
    public int end() {
        return end;
    }
}
