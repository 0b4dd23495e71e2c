package dev.millrace.source.mysql.types;

import dev.millrace.model.BytesVector;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** How a character set's bytes become UTF-8. */
public sealed interface TextForm permits TextForm.Utf8, TextForm.SingleByte, TextForm.Known, MultiByteForm {
    /** Adds the text to the cell that is being appended. */
    void append(byte[] source, int offset, int length, BytesVector.Builder target);

    /** The text alone. */
    default byte[] toUtf8(byte[] source) {
        BytesVector.Builder target = new BytesVector.Builder();
        append(source, 0, source.length, target);
        target.endCell();
        return target.build().copy(0);
    }

    /** UTF-8, and what is a part of it. */
    record Utf8() implements TextForm {
        @Override
        public void append(byte[] source, int offset, int length, BytesVector.Builder target) {
            target.append(source, offset, length);
        }
    }

    /**
     * A byte a character.
     *
     * @param characters of each byte, in UTF-8; empty where the set has none
     */
    record SingleByte(String name, List<byte[]> characters, int asciiFrom) implements TextForm {
        private static final int BYTES = 256;
        private static final int ASCII = 128;

        public SingleByte {
            characters = List.copyOf(characters);
        }

        static SingleByte ascii() {
            return of(
                    "ascii",
                    IntStream.range(0, BYTES)
                            .mapToObj(value -> value < ASCII ? Character.toString(value) : "")
                            .toList());
        }

        /** @param characters of the bytes 0 to 255; empty for a byte that is none */
        public static SingleByte of(String name, List<String> characters) {
            List<byte[]> encoded = characters.stream()
                    .map(character -> character.getBytes(StandardCharsets.UTF_8))
                    .toList();
            boolean ascii = true;
            for (int i = 0; i < ASCII; i++) {
                ascii &= Arrays.equals(encoded.get(i), new byte[] {(byte) i});
            }
            if (encoded.size() != BYTES) {
                throw new IllegalArgumentException(name + " with " + encoded.size() + " characters");
            }
            return new SingleByte(name, encoded, ascii ? ASCII : 0);
        }

        @Override
        public void append(byte[] source, int offset, int length, BytesVector.Builder target) {
            int end = offset + length;
            int plain = offset;
            for (int at = offset; at < end; at++) {
                int value = source[at] & 0xff;
                if (value >= asciiFrom) {
                    target.append(source, plain, at - plain);
                    byte[] character = characters.get(value);
                    if (character.length == 0) {
                        throw undefined(name, source, offset, length);
                    }
                    target.append(character, 0, character.length);
                    plain = at + 1;
                }
            }
            target.append(source, plain, end - plain);
        }
    }

    /** A character set that Java knows as the server does. */
    record Known(String name, Charset charset) implements TextForm {
        @Override
        public void append(byte[] source, int offset, int length, BytesVector.Builder target) {
            try {
                CharBuffer characters = charset.newDecoder().decode(ByteBuffer.wrap(source, offset, length));
                ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(characters);
                target.append(utf8.array(), utf8.arrayOffset(), utf8.limit());
            } catch (CharacterCodingException e) {
                throw undefined(name, source, offset, length);
            }
        }
    }

    /** What to throw for bytes that are no text. */
    static RuntimeException undefined(String name, byte[] source, int offset, int length) {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        shown.write(source, offset, Math.min(length, 40));
        return Refusal.value(
                "The bytes " + HexFormat.of().formatHex(shown.toByteArray()) + (length > 40 ? "…" : "")
                        + " are no text in " + name + ".",
                "Correct the row at the source.");
    }
}
