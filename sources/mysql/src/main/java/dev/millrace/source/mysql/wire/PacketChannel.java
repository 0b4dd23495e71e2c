package dev.millrace.source.mysql.wire;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.bytes.ByteReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/** Packets in both directions over one socket. */
final class PacketChannel implements AutoCloseable {
    private static final int LONGEST = 0xffffff - 1;
    private static final int RECEIVE_BUFFER = 1 << 20;

    private final Socket connection;
    /** The connection, or what protects it. */
    private Socket socket;

    private PacketInput input;
    private OutputStream output;
    private int sequence;

    private PacketChannel(Socket socket) throws IOException {
        this.connection = socket;
        this.socket = socket;
        this.input = new PacketInput(socket.getInputStream());
        this.output = socket.getOutputStream();
    }

    static PacketChannel connect(ServerAddress address) throws IOException {
        Socket socket = new Socket();
        int timeout = Math.toIntExact(address.connectTimeout().toMillis());
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setReceiveBufferSize(RECEIVE_BUFFER);
            socket.setSoTimeout(timeout);
            socket.connect(new InetSocketAddress(address.host(), address.port()), timeout);
            return new PacketChannel(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Goes on inside TLS; nothing may be in flight. */
    void protect(TlsUpgrade upgrade) throws IOException {
        SSLSocket inside = upgrade.handshake(socket);
        socket = inside;
        input = new PacketInput(inside.getInputStream());
        output = inside.getOutputStream();
    }

    boolean isProtected() {
        return socket instanceof SSLSocket;
    }

    /** How long to wait for bytes before giving the connection up; zero waits for ever. */
    void readTimeout(Duration timeout) throws SocketException {
        socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
    }

    /** The packet that comes next; its bytes stay valid until the one after it is received. */
    PacketInput receive() throws IOException {
        input.receive();
        sequence = input.sequence() + 1;
        return input;
    }

    /**
     * Takes the packet that comes next, if it does within that time. Until it does, the bytes of the last one are gone all the same.
     *
     * @param maxWaitNanos 0 for what is there already
     */
    boolean receive(long maxWaitNanos) throws IOException {
        if (input.take()) {
            return true;
        }
        long deadline = System.nanoTime() + maxWaitNanos;
        int usual = socket.getSoTimeout();
        try {
            do {
                long left = deadline - System.nanoTime();
                if (left <= 0 && !isReady()) {
                    return false;
                }
                socket.setSoTimeout((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
                input.fill();
            } while (!input.take());
            return true;
        } catch (SocketTimeoutException nothingCame) {
            return false;
        } finally {
            socket.setSoTimeout(usual);
        }
    }

    /** What is inside TLS may be here without having been unpacked. */
    private boolean isReady() throws IOException {
        return input.isReady() || isProtected() && connection.getInputStream().available() > 0;
    }

    ByteReader receiveReader() throws IOException {
        PacketInput packet = receive();
        return new ByteReader(packet.buffer(), packet.start(), packet.end());
    }

    /**
     * The packet that comes next, which must not be an error.
     *
     * @param doing what was being done, to follow "while"
     * @throws MillraceException where it is an error
     */
    ByteReader receiveAnswer(ServerAddress address, String doing) throws IOException {
        receive();
        return answer(address, doing);
    }

    /** The packet that was received last, as {@link #receiveAnswer} gives it. */
    ByteReader answer(ServerAddress address, String doing) {
        ByteReader packet = new ByteReader(input.buffer(), input.start(), input.end());
        if (packet.remaining() > 0 && (input.buffer()[packet.at()] & 0xff) == ServerFailure.ERROR_PACKET) {
            packet.skip(1);
            throw ServerFailure.refused(address, doing, packet);
        }
        return packet;
    }

    PacketInput input() {
        return input;
    }

    /** Begins a new exchange with a command. */
    void command(PacketWriter content) throws IOException {
        sequence = 0;
        send(content);
    }

    /** Goes on with the exchange that runs. */
    void send(PacketWriter content) throws IOException {
        byte[] bytes = content.toBytes();
        if (bytes.length > LONGEST) {
            throw new IllegalArgumentException("a packet of " + bytes.length + " bytes");
        }
        byte[] packet = new PacketWriter()
                .int2(bytes.length)
                .int1(bytes.length >> 16)
                .int1(sequence++)
                .bytes(bytes)
                .toBytes();
        output.write(packet);
        output.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
