package dev.millrace.source.postgres.types;

import dev.millrace.model.BytesVector;
import dev.millrace.model.MapVector;
import dev.millrace.model.VectorBuilder;
import java.util.Objects;

/** {@code hstore}: keys and values are text, values may be null. */
final class HstoreDecoder implements CellDecoder {
    @Override
    public void decode(byte[] source, int offset, int length, VectorBuilder target) {
        MapVector.Builder map = (MapVector.Builder) target;
        int count = BigEndian.int4(source, offset);
        int at = offset + 4;
        for (int i = 0; i < count; i++) {
            at = text(source, at, map.keys());
            at = text(source, at, map.values());
        }
        map.endCell();
    }

    private static int text(byte[] source, int at, VectorBuilder target) {
        int length = BigEndian.int4(source, at);
        if (length < 0) {
            target.appendNull();
            return at + 4;
        }
        Objects.checkFromIndexSize(at + 4, length, source.length);
        ((BytesVector.Builder) target).appendCell(source, at + 4, length);
        return at + 4 + length;
    }
}
