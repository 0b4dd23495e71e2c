package dev.millrace.source.mysql.failure;

import dev.millrace.error.MillraceException;

/** Bytes that make no sense. */
public final class ProtocolFailure {
    private ProtocolFailure() {}

    /** @param what what was found, as a sentence without its full stop */
    public static MillraceException of(String what) {
        return new MillraceException(
                MySqlError.PROTOCOL,
                what + ".",
                "Report this with the server's version; if something stands between here and the server, take it out of the way.");
    }
}
