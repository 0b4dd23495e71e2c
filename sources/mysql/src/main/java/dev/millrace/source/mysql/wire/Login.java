package dev.millrace.source.mysql.wire;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.bytes.ByteReader;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.failure.ProtocolFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** From a fresh connection to a session: greeting, TLS, and the proof of who we are. */
final class Login {
    private static final int OK = 0;
    private static final int MORE = 1;
    private static final int SWITCH = 0xfe;
    private static final int CHARACTER_SET = 45; // utf8mb4_general_ci, which every server has
    private static final long LONGEST_PACKET = 1L << 30;
    private static final List<LoginMethod> METHODS =
            List.of(new NativePassword(), new CachingSha2(), new ClearPassword());

    private final ServerAddress address;
    private final PacketChannel channel;
    private final byte[] password;

    Login(ServerAddress address, PacketChannel channel) {
        this.address = address;
        this.channel = channel;
        this.password = address.password().reveal().getBytes(StandardCharsets.UTF_8);
    }

    ServerGreeting perform() throws IOException {
        ByteReader first = channel.receiveReader();
        if (mark() == ServerFailure.ERROR_PACKET) {
            first.skip(1);
            throw ServerFailure.refused(address, "it was connected to", first);
        }
        ServerGreeting greeting = ServerGreeting.read(first);
        protect(greeting);
        // A server may prefer a method that this account does not use: it then says so.
        LoginMethod method = METHODS.stream()
                .filter(known -> known.name().equals(greeting.method()))
                .findFirst()
                .orElse(METHODS.getFirst());
        byte[] answer = method.answer(password, greeting.challenge(), channel.isProtected());
        channel.send(preamble(Capability.WANTED | (channel.isProtected() ? Capability.SSL : 0))
                .zeroTerminated(address.user())
                .int1(answer.length)
                .bytes(answer)
                .zeroTerminated(method.name()));
        channel.receive();
        converse(method, greeting.challenge());
        return greeting;
    }

    private void protect(ServerGreeting greeting) throws IOException {
        TlsSettings.Mode mode = address.tls().mode();
        if (greeting.offersTls() && mode != TlsSettings.Mode.DISABLED) {
            channel.send(preamble(Capability.WANTED | Capability.SSL));
            channel.protect(new TlsUpgrade(address));
        } else if (mode.compareTo(TlsSettings.Mode.REQUIRED) >= 0) {
            throw new MillraceException(
                    MySqlError.LOGIN,
                    address + " offers no TLS, and the settings require it.",
                    "Give the server a certificate, or ask for less.");
        }
    }

    private static PacketWriter preamble(long capabilities) {
        return new PacketWriter()
                .int4(capabilities)
                .int4(LONGEST_PACKET)
                .int1(CHARACTER_SET)
                .zeros(23);
    }

    private void converse(LoginMethod first, byte[] firstChallenge) throws IOException {
        LoginMethod method = first;
        byte[] challenge = firstChallenge;
        while (mark() != OK) {
            ByteReader packet = packet();
            switch (packet.uint1()) {
                case ServerFailure.ERROR_PACKET ->
                    throw ServerFailure.refused(address, "logging in as " + address.user(), packet);
                case SWITCH -> {
                    method = named(packet.zeroTerminated());
                    challenge = Arrays.copyOf(packet.bytes(packet.remaining()), firstChallenge.length);
                    channel.send(new PacketWriter().bytes(method.answer(password, challenge, channel.isProtected())));
                    channel.receive();
                }
                case MORE -> method.more(channel, password, challenge);
                default -> throw ProtocolFailure.of("The server answers the login with byte " + mark());
            }
        }
    }

    private LoginMethod named(String name) {
        return METHODS.stream()
                .filter(method -> method.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new MillraceException(
                        MySqlError.LOGIN,
                        address + " wants " + address.user() + " to log in by '" + name + "', which is not known here.",
                        "Give the account one of "
                                + METHODS.stream().map(LoginMethod::name).toList() + "."));
    }

    private int mark() {
        PacketInput packet = channel.input();
        return packet.end() == packet.start() ? -1 : packet.buffer()[packet.start()] & 0xff;
    }

    private ByteReader packet() {
        PacketInput packet = channel.input();
        return new ByteReader(packet.buffer(), packet.start(), packet.end());
    }
}
