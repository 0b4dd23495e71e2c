package dev.millrace.source.postgres.log;

import dev.millrace.source.postgres.types.BigEndian;
import java.nio.charset.StandardCharsets;

/** Walks through the bytes of one message; one object serves all of them. Nothing behind the message's end is read. */
final class Message {
    private byte[] bytes = new byte[0];
    private int at;
    private int end;

    void reset(byte[] source, int offset, int limit) {
        bytes = source;
        at = offset;
        end = limit;
    }

    byte[] bytes() {
        return bytes;
    }

    int at() {
        return at;
    }

    int end() {
        return end;
    }

    void skip(int count) {
        if (count < 0 || count > end - at) {
            throw MalformedMessage.of("a message ends too early");
        }
        at += count;
    }

    byte int1() {
        skip(1);
        return bytes[at - 1];
    }

    int int2() {
        skip(2);
        return BigEndian.uint2(bytes, at - 2);
    }

    int int4() {
        skip(4);
        return BigEndian.int4(bytes, at - 4);
    }

    long int8() {
        skip(8);
        return BigEndian.int8(bytes, at - 8);
    }

    String text() {
        int start = at;
        while (int1() != 0) {}
        return new String(bytes, start, at - 1 - start, StandardCharsets.UTF_8);
    }
}
