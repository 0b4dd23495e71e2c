package dev.millrace.source.mysql.wire;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.bytes.ByteReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/** Packets in both directions over one socket. */
final class PacketChannel implements AutoCloseable {
    private static final int LONGEST = 0xffffff - 1;
    private static final int RECEIVE_BUFFER = 1 << 20;

    private Socket socket;
    private PacketInput input;
    private OutputStream output;
    private int sequence;

    private PacketChannel(Socket socket) throws IOException {
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
        ByteReader packet = receiveReader();
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
