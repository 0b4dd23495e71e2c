package dev.millrace.source.postgres.log;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.types.BigEndian;
import java.nio.charset.StandardCharsets;

/** Walks through the bytes of one message and never beyond its end; one object serves all messages. */
final class Message {
    private byte[] bytes = new byte[0];
    private int start;
    private int at;
    private int end;

    void reset(byte[] source, int offset, int length) {
        bytes = source;
        start = offset;
        at = offset;
        end = offset + length;
    }

    byte[] bytes() {
        return bytes;
    }

    int at() {
        return at;
    }

    /** Bytes of the whole message. */
    int size() {
        return end - start;
    }

    /** Goes on by this many bytes and says where they began. */
    int skip(int count) {
        int from = at;
        if (count < 0 || count > end - from) {
            throw malformed("it ends " + count + " bytes behind place " + from + " of " + end);
        }
        at = from + count;
        return from;
    }

    byte int1() {
        return bytes[skip(1)];
    }

    int int2() {
        return BigEndian.uint2(bytes, skip(2));
    }

    int int4() {
        return BigEndian.int4(bytes, skip(4));
    }

    long int8() {
        return BigEndian.int8(bytes, skip(8));
    }

    String text() {
        int from = at;
        while (int1() != 0) {}
        return new String(bytes, from, at - 1 - from, StandardCharsets.UTF_8);
    }

    MillraceException malformed(String what) {
        return new MillraceException(
                PostgresError.PROTOCOL,
                "A message of the server's log stream makes no sense: " + what,
                "Report this with the server's version; a restart reads the same place again.");
    }
}
