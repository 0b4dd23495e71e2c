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
    /** With less room than this at the buffer's end, what is there is moved first. */
    private static final int SHORTEST_READ = 1 << 15;

    private static final int LARGEST_CAPACITY = Integer.MAX_VALUE - 8;

    private final InputStream stream;
    private byte[] buffer = new byte[USUAL_CAPACITY];
    private int received;
    private int next;
    private int start;
    private int end;
    private int sequence;
    /** How many bytes from {@code next} on have to be there before it is worth looking again. */
    private int wanted = HEADER;

    PacketInput(InputStream stream) {
        this.stream = stream;
    }

    /** Waits for the next packet. */
    void receive() throws IOException {
        while (!take()) {
            fill();
        }
    }

    /**
     * Goes to the next packet, if all of it was received. Where it was not, nothing changes: the call can be repeated after any
     * number of {@linkplain #fill reads}, whether they were cut short by a time-out or not.
     */
    boolean take() {
        int behind = next;
        int length;
        do {
            if (!isThere(behind, HEADER)) {
                return false;
            }
            length = LittleEndian.uint3(buffer, behind);
            if (!isThere(behind, HEADER + length)) {
                return false;
            }
            sequence = buffer[behind + 3] & 0xff;
            behind += HEADER + length;
        } while (length == LONGEST_PART);
        start = next + HEADER;
        end = join(behind);
        next = behind;
        wanted = HEADER;
        return true;
    }

    private boolean isThere(int from, int bytes) {
        long more = (long) from - next + bytes;
        if (more > LARGEST_CAPACITY) {
            throw ProtocolFailure.of("A packet of more than " + LARGEST_CAPACITY + " bytes");
        }
        wanted = (int) more;
        return received - from >= bytes;
    }

    /** Moves the contents of further parts over their headers; answers where the content then ends. */
    private int join(int behind) {
        int contentEnd = start + LittleEndian.uint3(buffer, next);
        for (int part = contentEnd; part < behind; ) {
            int length = LittleEndian.uint3(buffer, part);
            System.arraycopy(buffer, part + HEADER, buffer, contentEnd, length);
            contentEnd += length;
            part += HEADER + length;
        }
        return contentEnd;
    }

    /** Reads what has arrived, and waits for it where nothing has. What {@link #take} gave is then gone. */
    void fill() throws IOException {
        if (buffer.length - next < wanted || next > 0 && buffer.length - received < SHORTEST_READ) {
            makeRoom();
        }
        int got = stream.read(buffer, received, buffer.length - received);
        if (got < 0) {
            throw new EOFException("the server closed the connection");
        }
        received += got;
    }

    /** Whether there is something to {@linkplain #fill read} without waiting. */
    boolean isReady() throws IOException {
        return stream.available() > 0;
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

    /** Moves what is there to the front; a buffer that one large packet made large does not stay so. */
    private void makeRoom() {
        int held = received - next;
        int capacity = wanted <= USUAL_CAPACITY && held <= USUAL_CAPACITY ? USUAL_CAPACITY : grown();
        byte[] target = capacity == buffer.length ? buffer : new byte[capacity];
        System.arraycopy(buffer, next, target, 0, held);
        buffer = target;
        received = held;
        next = 0;
    }

    private int grown() {
        return wanted <= buffer.length ? buffer.length : (int) Math.min(LARGEST_CAPACITY, wanted + (long) wanted / 2);
    }
}
