package dev.millrace.source.postgres.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A socket of the local machine in the shape that the driver knows. It goes to its file, whatever address it is given. */
final class UnixSocket extends Socket {
    private final Path file;
    private final ReceiveGate gate;
    private @Nullable SocketChannel channel;
    private @Nullable Selector readable;
    private @Nullable GatheringInput input;
    private int timeoutMillis;

    UnixSocket(Path file, ReceiveGate gate) {
        this.file = file;
        this.gate = gate;
    }

    @Override
    public void connect(SocketAddress ignored, int timeout) throws IOException {
        SocketChannel opened = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel = opened;
        opened.connect(UnixDomainSocketAddress.of(file));
        opened.configureBlocking(false);
        Selector selector = Selector.open();
        opened.register(selector, SelectionKey.OP_READ);
        readable = selector;
        GatheringInput gathering = new GatheringInput(new Raw(opened, selector));
        input = gathering;
        gate.attach(gathering);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        if (input == null) {
            throw new IOException("not connected to " + file);
        }
        return input;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        SocketChannel connected = channel;
        if (connected == null) {
            throw new IOException("not connected to " + file);
        }
        return new Output(connected);
    }

    private final class Raw implements Receiver {
        private final SocketChannel from;
        private final Selector selector;

        Raw(SocketChannel from, Selector selector) {
            this.from = from;
            this.selector = selector;
        }

        @Override
        public int receive(byte[] target, int waitMillis) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(target);
            int count = from.read(bytes);
            if (count == 0) {
                selector.select(waitMillis == 0 ? timeoutMillis : waitMillis);
                selector.selectedKeys().clear();
                count = from.read(bytes);
                if (count == 0 && waitMillis == 0) {
                    throw new SocketTimeoutException("nothing came through " + file + " in time");
                }
            }
            return count;
        }

        /** A channel does not tell how much has arrived, only whether anything has. */
        @Override
        public int available() throws IOException {
            int ready = selector.selectNow();
            selector.selectedKeys().clear();
            return ready;
        }
    }

    private static final class Output extends OutputStream {
        private final SocketChannel to;

        Output(SocketChannel to) {
            this.to = to;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(source, offset, length);
            if (to.write(bytes) < length) {
                writeRest(bytes);
            }
        }

        private void writeRest(ByteBuffer bytes) throws IOException {
            try (Selector writable = Selector.open()) {
                to.register(writable, SelectionKey.OP_WRITE);
                while (bytes.hasRemaining()) {
                    writable.select();
                    writable.selectedKeys().clear();
                    to.write(bytes);
                }
            }
        }
    }

    @Override
    public boolean isConnected() {
        return channel != null && channel.isConnected();
    }

    @Override
    public boolean isClosed() {
        return channel != null && !channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        try (Selector closing = readable;
                SocketChannel ending = channel) {
            super.close();
        }
    }

    @Override
    public void setSoTimeout(int timeout) {
        timeoutMillis = timeout;
    }

    @Override
    public int getSoTimeout() {
        return timeoutMillis;
    }

    /** What only TCP has. */
    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public void setKeepAlive(boolean on) {}

    /** The kernel's own sizes are right for a sender on the same machine. */
    @Override
    public void setReceiveBufferSize(int size) {}

    @Override
    public void setSendBufferSize(int size) {}

    @Override
    public int getSendBufferSize() {
        return 64 * 1024;
    }
}
