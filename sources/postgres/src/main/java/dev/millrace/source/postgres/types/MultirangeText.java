package dev.millrace.source.postgres.types;

/** A multirange as the server prints it. */
record MultirangeText(TextForm range) implements TextForm {
    @Override
    public void render(byte[] source, int offset, int length, StringBuilder out) {
        int count = BigEndian.int4(source, offset);
        int at = offset + 4;
        out.append('{');
        for (int i = 0; i < count; i++) {
            out.append(i == 0 ? "" : ",");
            int held = BigEndian.int4(source, at);
            range.render(source, at + 4, held, out);
            at += 4 + held;
        }
        out.append('}');
    }
}
