package dev.millrace.source.mysql.wire;

import java.io.IOException;

/** One way to prove who one is, under the name that servers call it by. */
sealed interface LoginMethod permits NativePassword, CachingSha2, ClearPassword {
    String name();

    /** What to send to the server's challenge. */
    byte[] answer(byte[] password, byte[] challenge, boolean isProtected);

    /**
     * Goes on where the server wants more than the answer. The packet just received begins with its mark; what is received
     * last is left to the caller.
     */
    void more(PacketChannel channel, byte[] password, byte[] challenge) throws IOException;
}
