package dev.millrace.source.postgres.types;

/** A range as the server prints it, over the text of its bounds. */
record RangeText(TextForm bound) implements TextForm {
    private static final int EMPTY = 0x01;
    private static final int LOWER_INCLUSIVE = 0x02;
    private static final int UPPER_INCLUSIVE = 0x04;
    private static final int LOWER_INFINITE = 0x08;
    private static final int UPPER_INFINITE = 0x10;

    @Override
    public void render(byte[] source, int offset, int length, StringBuilder out) {
        int flags = source[offset];
        if ((flags & EMPTY) != 0) {
            out.append("empty");
            return;
        }
        out.append((flags & LOWER_INCLUSIVE) != 0 ? '[' : '(');
        int at = offset + 1;
        if ((flags & LOWER_INFINITE) == 0) {
            at = bound(source, at, out);
        }
        out.append(',');
        if ((flags & UPPER_INFINITE) == 0) {
            bound(source, at, out);
        }
        out.append((flags & UPPER_INCLUSIVE) != 0 ? ']' : ')');
    }

    private int bound(byte[] source, int at, StringBuilder out) {
        int length = BigEndian.int4(source, at);
        StringBuilder text = new StringBuilder();
        bound.render(source, at + 4, length, text);
        quote(text, out);
        return at + 4 + length;
    }

    private static void quote(CharSequence text, StringBuilder out) {
        if (!text.isEmpty() && text.chars().noneMatch(RangeText::special)) {
            out.append(text);
            return;
        }
        out.append('"');
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append((char) c);
            }
            out.append((char) c);
        });
        out.append('"');
    }

    private static boolean special(int c) {
        return "\"\\()[], ".indexOf(c) >= 0 || c >= '\t' && c <= '\r';
    }
}
