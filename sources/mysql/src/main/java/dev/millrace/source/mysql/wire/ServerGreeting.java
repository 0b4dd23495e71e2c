package dev.millrace.source.mysql.wire;

import dev.millrace.source.mysql.bytes.ByteReader;
import dev.millrace.source.mysql.failure.ProtocolFailure;
import java.util.Arrays;

/**
 * What a server says first.
 *
 * @param version      as the server prints it; MariaDB before 11 hides its own behind {@code 5.5.5-}
 * @param connection   the server's number of the session
 * @param challenge    20 bytes that the password is mixed with
 * @param capabilities bits of what the server can do
 * @param method       the way to log in that it prefers
 */
public record ServerGreeting(String version, long connection, byte[] challenge, long capabilities, String method) {
    private static final int PROTOCOL = 10;
    private static final int FIRST_PART = 8;
    private static final int CHALLENGE = 20;

    static ServerGreeting read(ByteReader packet) {
        int protocol = packet.uint1();
        if (protocol != PROTOCOL) {
            throw ProtocolFailure.of("The server speaks version " + protocol + " of the protocol, not " + PROTOCOL);
        }
        String version = packet.zeroTerminated();
        long connection = packet.uint4();
        byte[] challenge = Arrays.copyOf(packet.bytes(FIRST_PART), CHALLENGE);
        packet.skip(1);
        long capabilities = packet.uint2();
        packet.skip(1 + 2);
        capabilities |= (long) packet.uint2() << 16;
        int challengeLength = packet.uint1();
        packet.skip(10);
        byte[] rest = packet.bytes(Math.max(13, challengeLength - FIRST_PART));
        System.arraycopy(rest, 0, challenge, FIRST_PART, CHALLENGE - FIRST_PART);
        String method = (capabilities & Capability.PLUGIN_AUTH) == 0 ? NativePassword.NAME : packet.zeroTerminated();
        return new ServerGreeting(version, connection, challenge, capabilities, method);
    }

    public boolean isMariaDb() {
        return version.contains("MariaDB") || version.startsWith("5.5.5-");
    }

    boolean offersTls() {
        return (capabilities & Capability.SSL) != 0;
    }
}
