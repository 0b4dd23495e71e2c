package dev.millrace.source.postgres.types;

import dev.millrace.model.BytesVector;
import dev.millrace.model.VectorBuilder;
import java.nio.charset.StandardCharsets;

/** Cells that hold a value's text. */
record TextFormDecoder(TextForm form) implements CellDecoder {
    @Override
    public void decode(byte[] source, int offset, int length, VectorBuilder target) {
        StringBuilder text = new StringBuilder();
        form.render(source, offset, length, text);
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        ((BytesVector.Builder) target).appendCell(bytes, 0, bytes.length);
    }
}
