package dev.millrace.source.postgres.types;

import java.nio.charset.StandardCharsets;

/** {@code tsvector} as the server prints it: quoted words, each with its places and their weights. */
final class TextSearchText {
    private static final String WEIGHTS = "DCBA";
    private static final int PLACE_BITS = 14;

    private TextSearchText() {}

    static void render(byte[] source, int offset, int length, StringBuilder out) {
        int count = BigEndian.int4(source, offset);
        int at = offset + 4;
        for (int i = 0; i < count; i++) {
            out.append(i == 0 ? "" : " ");
            int end = at;
            while (source[end] != 0) {
                end++;
            }
            String word = new String(source, at, end - at, StandardCharsets.UTF_8);
            out.append('\'')
                    .append(word.replace("\\", "\\\\").replace("'", "''"))
                    .append('\'');
            at = places(source, end + 1, out);
        }
    }

    private static int places(byte[] source, int at, StringBuilder out) {
        int count = BigEndian.uint2(source, at);
        for (int i = 0; i < count; i++) {
            int place = BigEndian.uint2(source, at + 2 + 2 * i);
            out.append(i == 0 ? ':' : ',').append(place & (1 << PLACE_BITS) - 1);
            int weight = place >> PLACE_BITS;
            if (weight > 0) {
                out.append(WEIGHTS.charAt(weight));
            }
        }
        return at + 2 + 2 * count;
    }
}
