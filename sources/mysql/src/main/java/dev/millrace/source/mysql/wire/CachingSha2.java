package dev.millrace.source.mysql.wire;

import dev.millrace.source.mysql.bytes.ByteReader;
import dev.millrace.source.mysql.failure.ProtocolFailure;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;

/**
 * SHA-256 with a challenge: MySQL's default. A server that has not seen the user since its start wants the password itself:
 * inside TLS it is sent as it is, else encrypted for the server's key, which the server sends.
 */
record CachingSha2() implements LoginMethod {
    static final String NAME = "caching_sha2_password";
    private static final Digests SHA_256 = new Digests("SHA-256");
    private static final int KNOWN = 3;
    private static final int UNKNOWN = 4;
    private static final int ASK_FOR_KEY = 2;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte[] answer(byte[] password, byte[] challenge, boolean isProtected) {
        if (password.length == 0) {
            return password;
        }
        byte[] once = SHA_256.of(password);
        return Digests.mixed(once, SHA_256.of(SHA_256.of(once), challenge));
    }

    @Override
    public void more(PacketChannel channel, byte[] password, byte[] challenge) throws IOException {
        PacketInput packet = channel.input();
        int state = packet.buffer()[packet.start() + 1];
        if (state == KNOWN) {
            channel.receive();
        } else if (state == UNKNOWN) {
            channel.send(new PacketWriter().bytes(proof(channel, password, challenge)));
            channel.receive();
        } else {
            throw ProtocolFailure.of("The server answers " + NAME + " with state " + state);
        }
    }

    private static byte[] proof(PacketChannel channel, byte[] password, byte[] challenge) throws IOException {
        byte[] terminated = Arrays.copyOf(password, password.length + 1);
        if (channel.isProtected()) {
            return terminated;
        }
        channel.send(new PacketWriter().int1(ASK_FOR_KEY));
        ByteReader answer = channel.receiveReader();
        answer.skip(1);
        return encrypted(Digests.mixed(terminated, challenge), answer.text(answer.remaining()));
    }

    private static byte[] encrypted(byte[] secret, String pem) throws IOException {
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("[^A-Za-z0-9+/=]", "");
        try {
            PublicKey key = KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return cipher.doFinal(secret);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("the password can't be encrypted for the server's key: " + e.getMessage(), e);
        }
    }
}
