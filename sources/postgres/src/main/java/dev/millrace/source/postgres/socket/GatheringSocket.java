package dev.millrace.source.postgres.socket;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** A TCP socket whose input gathers. */
final class GatheringSocket extends Socket {
    /** Small, so that a sender far ahead is stopped by the kernel and sends larger pieces; still half a millisecond's worth. */
    private static final int RECEIVE_BUFFER = 64 * 1024;

    private final ReceiveGate gate;
    private @Nullable GatheringInput input;

    GatheringSocket(ReceiveGate gate) {
        this.gate = gate;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        setReceiveBufferSize(RECEIVE_BUFFER);
        super.connect(endpoint, timeout);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        GatheringInput opened = input;
        if (opened == null) {
            opened = new GatheringInput(new Raw(this, super.getInputStream()));
            input = opened;
            gate.attach(opened);
        }
        return opened;
    }

    private record Raw(Socket socket, InputStream bytes) implements Receiver {
        @Override
        public int receive(byte[] target, int timeoutMillis) throws IOException {
            if (timeoutMillis == 0) {
                return bytes.read(target, 0, target.length);
            }
            int usual = socket.getSoTimeout();
            socket.setSoTimeout(timeoutMillis);
            try {
                return bytes.read(target, 0, target.length);
            } catch (SocketTimeoutException nothingCame) {
                return 0;
            } finally {
                socket.setSoTimeout(usual);
            }
        }

        @Override
        public int available() throws IOException {
            return bytes.available();
        }
    }
}
