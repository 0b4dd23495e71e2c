package dev.millrace.source.mysql.wire;

import dev.millrace.source.mysql.bytes.LittleEndian;
import dev.millrace.source.mysql.failure.ProtocolFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts a stream into packets. A packet lies in one piece in the {@linkplain #buffer buffer} until the next one is asked
 * for; one of 16 MB and more, which the protocol sends in parts, is put together first.
 */
final class PacketInput {
    private static final int HEADER = 4;
    private static final int LONGEST_PART = 0xffffff;
    private static final int USUAL_CAPACITY = 1 << 18;
    private static final int LARGEST_CAPACITY = Integer.MAX_VALUE - 8;

    private final InputStream stream;
    private byte[] buffer = new byte[USUAL_CAPACITY];
    private int received;
    private int next;
    private int start;
    private int end;
    private int sequence;

    PacketInput(InputStream stream) {
        this.stream = stream;
    }

    /** Waits for the next packet. */
    void receive() throws IOException {
        await(HEADER);
        int length = LittleEndian.uint3(buffer, next);
        sequence = buffer[next + 3] & 0xff;
        await(HEADER + length);
        start = next + HEADER;
        end = start + length;
        next = end;
        for (int part = length; part == LONGEST_PART; ) {
            part = append();
        }
    }

    /** Moves the next part's content behind what is there, over its header. */
    private int append() throws IOException {
        int whole = end - start;
        next = start - HEADER;
        // What was received stays where it is counted from: the begin of this packet.
        awaitBehind(whole, HEADER);
        int header = start + whole;
        int length = LittleEndian.uint3(buffer, header);
        sequence = buffer[header + 3] & 0xff;
        awaitBehind(whole, HEADER + length);
        header = start + whole;
        System.arraycopy(buffer, header + HEADER, buffer, header, received - header - HEADER);
        received -= HEADER;
        end = start + whole + length;
        next = end;
        return length;
    }

    private void awaitBehind(int whole, int more) throws IOException {
        long wanted = (long) HEADER + whole + more;
        if (wanted > LARGEST_CAPACITY) {
            throw ProtocolFailure.of("A packet of more than " + LARGEST_CAPACITY + " bytes");
        }
        await((int) wanted);
        start = next + HEADER;
    }

    /** Whether a packet's header, at least, can be read without waiting. */
    boolean isReady() throws IOException {
        return received - next >= HEADER || stream.available() > 0;
    }

    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** The number that the server gave the packet, modulo 256. */
    int sequence() {
        return sequence;
    }

    /** Makes so many bytes from {@code next} on lie in the buffer. */
    private void await(int bytes) throws IOException {
        if (received - next >= bytes) {
            return;
        }
        if (buffer.length - next < bytes) {
            makeRoom(bytes);
        }
        while (received - next < bytes) {
            int got = stream.read(buffer, received, buffer.length - received);
            if (got < 0) {
                throw new EOFException("the server closed the connection");
            }
            received += got;
        }
    }

    /** Moves what is there to the front; a buffer that one large packet made large does not stay so. */
    private void makeRoom(int bytes) {
        int held = received - next;
        int capacity = bytes <= USUAL_CAPACITY && held <= USUAL_CAPACITY ? USUAL_CAPACITY : grown(bytes);
        byte[] target = capacity == buffer.length ? buffer : new byte[capacity];
        System.arraycopy(buffer, next, target, 0, held);
        buffer = target;
        received = held;
        next = 0;
    }

    private int grown(int bytes) {
        return bytes <= buffer.length ? buffer.length : (int) Math.min(LARGEST_CAPACITY, bytes + (long) bytes / 2);
    }
}
