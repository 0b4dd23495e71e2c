package dev.millrace.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports for servers. */
public final class Ports {
    /**
     * Below the range that systems give to outgoing connections: a poll of a dead port in there can connect to itself.
     */
    private static final int FIRST = 15_000;

    private static final int END = 32_000;
    private static final int ATTEMPTS = 100;

    private Ports() {}

    /** A port of the loopback address that was free a moment ago. */
    public static int free() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port)) {
                return port;
            }
        }
        throw new ServerException("No free port between " + FIRST + " and " + END + " in " + ATTEMPTS + " attempts");
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
