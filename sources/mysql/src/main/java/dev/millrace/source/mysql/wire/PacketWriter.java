package dev.millrace.source.mysql.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The content of a packet that is about to be sent. */
final class PacketWriter {
    private byte[] bytes = new byte[256];
    private int size;

    PacketWriter int1(int value) {
        return number(value, 1);
    }

    PacketWriter int2(int value) {
        return number(value, 2);
    }

    PacketWriter int4(long value) {
        return number(value, 4);
    }

    PacketWriter int8(long value) {
        return number(value, 8);
    }

    PacketWriter bytes(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    PacketWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    PacketWriter zeroTerminated(String value) {
        return text(value).int1(0);
    }

    PacketWriter zeros(int count) {
        return bytes(new byte[count]);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private PacketWriter number(long value, int length) {
        reserve(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) (value >> 8 * i);
        }
        return this;
    }

    private void reserve(int length) {
        if (bytes.length - size < length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
        }
    }
}
