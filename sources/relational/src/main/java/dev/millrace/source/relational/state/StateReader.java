package dev.millrace.source.relational.state;

import dev.millrace.error.MillraceException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads what a {@link StateWriter} wrote. */
public final class StateReader {
    private final StateForm form;
    private final byte[] bytes;
    private int at;

    StateReader(StateForm form, byte[] bytes) {
        this.form = form;
        this.bytes = bytes;
    }

    public long number() {
        long zigzag = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = next();
            zigzag |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return zigzag >>> 1 ^ -(zigzag & 1);
            }
            if (shift > Long.SIZE) {
                throw form.damaged("holds a number without end", null);
            }
        }
    }

    public int integer() {
        return (int) number();
    }

    /** One of these, by its place among them. */
    public <T> T choice(T[] all) {
        long number = number();
        if (number < 0 || number >= all.length) {
            throw form.damaged("holds " + number + " where one of " + all.length + " values stood", null);
        }
        return all[(int) number];
    }

    public boolean flag() {
        return next() != 0;
    }

    public byte[] bytes() {
        int length = integer();
        if (length < 0 || length > bytes.length - at) {
            throw damaged();
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    public <T> List<T> list(Supplier<T> readEach) {
        int size = integer();
        List<T> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(readEach.get());
        }
        return values;
    }

    /** Reads a list whose values go elsewhere. */
    public void repeat(Runnable readEach) {
        for (int left = integer(); left > 0; left--) {
            readEach.run();
        }
    }

    public <T> Optional<T> optional(Supplier<T> read) {
        return flag() ? Optional.of(read.get()) : Optional.empty();
    }

    /** All that was not read yet. */
    public byte[] rest() {
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

    private MillraceException damaged() {
        return form.damaged("ends too early", null);
    }
}
