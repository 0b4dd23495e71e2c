package dev.millrace.source.postgres.types;

import java.nio.charset.StandardCharsets;

/** From a value's binary format to the text that the server prints for it. Keeps no state. */
@FunctionalInterface
interface TextForm {
    /** What is text in binary too. */
    TextForm TEXT =
            (source, offset, length, out) -> out.append(new String(source, offset, length, StandardCharsets.UTF_8));

    void render(byte[] source, int offset, int length, StringBuilder out);
}
