package dev.millrace.source.postgres.split;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.failure.PostgresError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads what a {@link StateWriter} wrote. */
final class StateReader {
    private final byte[] bytes;
    private int at;

    StateReader(byte[] bytes) {
        this.bytes = bytes;
    }

    long number() {
        long zigzag = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = next();
            zigzag |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return zigzag >>> 1 ^ -(zigzag & 1);
            }
        }
    }

    int integer() {
        return (int) number();
    }

    boolean flag() {
        return next() != 0;
    }

    byte[] bytes() {
        int length = integer();
        if (length < 0 || length > bytes.length - at) {
            throw damaged();
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    <T> List<T> list(Supplier<T> readEach) {
        int size = integer();
        List<T> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(readEach.get());
        }
        return values;
    }

    /** Reads a list whose values go elsewhere. */
    void repeat(Runnable readEach) {
        for (int left = integer(); left > 0; left--) {
            readEach.run();
        }
    }

    <T> Optional<T> optional(Supplier<T> read) {
        return flag() ? Optional.of(read.get()) : Optional.empty();
    }

    /** All that was not read yet. */
    byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
        at = bytes.length;
        return rest;
    }

    private byte next() {
        if (at == bytes.length) {
            throw damaged();
        }
        return bytes[at++];
    }

    private static MillraceException damaged() {
        return new MillraceException(
                PostgresError.PROTOCOL,
                "The state of the PostgreSQL source ends too early: it is damaged.",
                "Restore the state folder from a backup, or drop the pipeline ('cdc drop'),"
                        + " remove its tables from the sink and start anew.");
    }
}
