package dev.millrace.source.mysql.wire;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.bytes.ByteReader;
import dev.millrace.source.mysql.bytes.RangeSource;
import dev.millrace.source.mysql.failure.ProtocolFailure;
import java.io.IOException;
import java.time.Duration;

/** The log as a server sends it, event by event. An event's bytes are those of the buffer, until the next one is asked for. */
public final class LogStream implements RangeSource {
    private static final int EVENT = 0;
    private static final int END = 0xfe;
    private static final int LONGEST_END = 9;

    private final ServerAddress address;
    private final PacketChannel channel;
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
            PacketInput packet = channel.receive();
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

    /** Whether {@link #next} would have something to read at once. */
    public boolean isReady() {
        try {
            return channel.input().isReady();
        } catch (IOException e) {
            throw ServerFailure.broken(address, "reading the log", e);
        }
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
