package dev.millrace.servers.faults;

import java.io.IOException;
import java.net.Socket;

/** One connection through a proxy: the client's half and the server's. */
record Link(Socket client, Socket server) {

    Socket from(Direction direction) {
        return direction == Direction.TO_SERVER ? client : server;
    }

    Socket to(Direction direction) {
        return direction == Direction.TO_SERVER ? server : client;
    }

    boolean isClosed() {
        return client.isClosed() && server.isClosed();
    }

    void reset() {
        reset(client);
        reset(server);
    }

    /** Closes without a farewell: the other end gets an error instead of an end of stream. */
    static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException alreadyClosed) {
            return;
        }
    }
}
