package dev.millrace.source.postgres.socket;

import java.io.IOException;

/** The receiving end of a connection. */
interface Receiver {
    /**
     * Waits for bytes and takes what is there.
     *
     * @param timeoutMillis how long to wait; 0 for as long as the socket's own timeout lets it
     * @return how many came; 0 when none did in time, -1 at the end
     */
    int receive(byte[] target, int timeoutMillis) throws IOException;

    /** Bytes that have arrived and were not taken yet. */
    int available() throws IOException;
}
