package dev.millrace.source.postgres.log;

import dev.millrace.source.postgres.types.BigEndian;
import java.nio.charset.StandardCharsets;

/** Walks through the bytes of one message; one object serves all of them. */
final class Message {
    private byte[] bytes = new byte[0];
    private int start;
    private int at;

    void reset(byte[] source, int offset) {
        bytes = source;
        start = offset;
        at = offset;
    }

    int length() {
        return bytes.length - start;
    }

    byte[] bytes() {
        return bytes;
    }

    int at() {
        return at;
    }

    void skip(int count) {
        at += count;
    }

    byte int1() {
        return bytes[at++];
    }

    int int2() {
        int value = BigEndian.int2(bytes, at);
        at += 2;
        return value;
    }

    int int4() {
        int value = BigEndian.int4(bytes, at);
        at += 4;
        return value;
    }

    long int8() {
        long value = BigEndian.int8(bytes, at);
        at += 8;
        return value;
    }

    String text() {
        int start = at;
        while (bytes[at] != 0) {
            at++;
        }
        return new String(bytes, start, at++ - start, StandardCharsets.UTF_8);
    }
}
