package dev.millrace.source.mysql.wire;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.failure.ProtocolFailure;
import java.util.Arrays;

/** The password itself, for servers that ask a directory; only inside TLS. */
record ClearPassword() implements LoginMethod {
    static final String NAME = "mysql_clear_password";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte[] answer(byte[] password, byte[] challenge, boolean isProtected) {
        if (!isProtected) {
            throw new MillraceException(
                    MySqlError.LOGIN,
                    "The server asks for the password in the clear, and the connection is not protected.",
                    "Let the connection use TLS.");
        }
        return Arrays.copyOf(password, password.length + 1);
    }

    @Override
    public void more(PacketChannel channel, byte[] password, byte[] challenge) {
        throw ProtocolFailure.of("The server wants more than " + NAME + " has");
    }
}
