package dev.millrace.source.postgres.types;

import dev.millrace.source.postgres.catalog.PgType;
import java.util.HexFormat;

/** A value as text that the server reads back to the same value: for bounds in statements, and for people. */
public final class KeyText {
    private static final TextForm HEX = (source, offset, length, out) ->
            HexFormat.of().formatHex(out.append("\\x"), source, offset, offset + length);

    private KeyText() {}

    /** Types that print in no known way are given as bytes. */
    public static String of(PgType type, byte[] source, int offset, int length) {
        StringBuilder text = new StringBuilder();
        TypeMapping.textForm(type).orElse(HEX).render(source, offset, length, text);
        return text.toString();
    }
}
