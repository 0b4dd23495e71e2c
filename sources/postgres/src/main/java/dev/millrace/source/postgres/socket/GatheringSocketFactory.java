package dev.millrace.source.postgres.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** What the driver's {@code socketFactory} names. It makes one with the text of {@code socketFactoryArg}. */
public final class GatheringSocketFactory extends SocketFactory {
    private final SocketTarget target;

    public GatheringSocketFactory(String argument) {
        this.target = SocketTarget.parse(argument);
    }

    @Override
    public Socket createSocket() {
        ReceiveGate gate = target.gate().map(ReceiveGate::named).orElseGet(ReceiveGate::none);
        return target.unix().<Socket>map(file -> new UnixSocket(file, gate)).orElseGet(() -> new GatheringSocket(gate));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    private Socket connected(InetSocketAddress address) throws IOException {
        Socket socket = createSocket();
        socket.connect(address);
        return socket;
    }
}
